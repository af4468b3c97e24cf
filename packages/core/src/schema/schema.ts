/**
 * The vocabulary in which every parameter is declared once, as constant data.
 *
 * A declaration gives the TypeScript type ({@link Input}, {@link Complete}), the parser, the JSON
 * Schema, the default, the documentation row and the test arbitrary. What it means is said by its
 * {@link Docs}. It is data rather than a schema library's objects because isolated declarations do
 * not infer types of exported calls.
 */

/** A real number with optional bounds. */
export interface NumberSchema {
  readonly type: 'number' | 'integer';
  readonly minimum?: number;
  readonly above?: number;
  readonly maximum?: number;
  readonly default?: number;
}

/** A free text, never empty. */
export interface TextSchema {
  readonly type: 'text';
}

/** One of a few words. */
export interface ChoiceSchema {
  readonly type: 'choice';
  readonly words: readonly string[];
  readonly default?: string;
}

/** A non-empty list of equal kinds. */
export interface ListSchema {
  readonly type: 'list';
  readonly items: Schema;
}

/** An object with named fields; a field without a default is required unless `optional`. */
export interface RecordSchema {
  readonly type: 'record';
  readonly fields: Fields;
  readonly optional?: Fields;
  readonly default?: object;
}

/** A choice that carries fields: `{ kind: 'power', exponent: 2 }`. The word alone stands for its defaults. */
export interface TaggedSchema {
  readonly type: 'tagged';
  readonly variants: Readonly<Record<string, VariantSchema>>;
  readonly default?: string;
}

/** One variant of a {@link TaggedSchema}. */
export interface VariantSchema {
  readonly fields: Fields;
  readonly optional?: Fields;
}

export type Fields = Readonly<Record<string, Schema>>;
export type Schema =
  | NumberSchema
  | TextSchema
  | ChoiceSchema
  | ListSchema
  | RecordSchema
  | TaggedSchema;

type Flat<T> = { [K in keyof T]: T[K] };
type NoFields = Readonly<Record<never, never>>;
type OptionalFields<S> = S extends { readonly optional: infer F extends Fields } ? F : NoFields;

/** The fields that a writer may leave out. */
type Defaulted<F extends Fields> = {
  [K in keyof F]: F[K] extends { readonly default: unknown } ? K : never;
}[keyof F];

type InputFields<F extends Fields, O extends Fields> = Flat<
  { readonly [K in Exclude<keyof F, Defaulted<F>>]: Input<F[K]> } & {
    readonly [K in Defaulted<F>]?: Input<F[K]>;
  } & { readonly [K in keyof O]?: Input<O[K]> }
>;

type CompleteFields<F extends Fields, O extends Fields> = Flat<
  { readonly [K in keyof F]: Complete<F[K]> } & { readonly [K in keyof O]?: Complete<O[K]> }
>;

/** A variant that may be written as its word alone: all its fields have defaults. */
type Bare<V extends Readonly<Record<string, VariantSchema>>> = {
  [K in keyof V]: Exclude<keyof V[K]['fields'], Defaulted<V[K]['fields']>> extends never
    ? K
    : never;
}[keyof V];

type Scalar<S> = S extends NumberSchema
  ? number
  : S extends TextSchema
    ? string
    : S extends ChoiceSchema
      ? S['words'][number]
      : never;

/** What a writer may give: defaults may be left out, a variant may be its word alone. */
export type Input<S> = S extends RecordSchema
  ? InputFields<S['fields'], OptionalFields<S>>
  : S extends TaggedSchema
    ?
        | (Bare<S['variants']> & string)
        | {
            [K in keyof S['variants'] & string]: Flat<
              { readonly kind: K } & InputFields<
                S['variants'][K]['fields'],
                OptionalFields<S['variants'][K]>
              >
            >;
          }[keyof S['variants'] & string]
    : S extends ListSchema
      ? readonly Input<S['items']>[]
      : Scalar<S>;

/** What the parser returns: every default explicit, every variant an object. */
export type Complete<S> = S extends RecordSchema
  ? CompleteFields<S['fields'], OptionalFields<S>>
  : S extends TaggedSchema
    ? {
        [K in keyof S['variants'] & string]: Flat<
          { readonly kind: K } & CompleteFields<
            S['variants'][K]['fields'],
            OptionalFields<S['variants'][K]>
          >
        >;
      }[keyof S['variants'] & string]
    : S extends ListSchema
      ? readonly Complete<S['items']>[]
      : Scalar<S>;
