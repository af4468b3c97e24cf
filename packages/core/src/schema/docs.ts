import type {
  ChoiceSchema,
  ListSchema,
  RecordSchema,
  TaggedSchema,
  VariantSchema,
} from './schema.js';

/**
 * What a schema means: a sentence for every value, field, variant and word; one that is missing, or of a
 * word that is no more, does not compile.
 *
 * It stands beside its schema and not in it, so that a page that only reads specs does not carry it.
 */
export type Docs<S> = S extends RecordSchema
  ? FieldDocs<S>
  : S extends TaggedSchema
    ? {
        readonly doc: string;
        readonly variants: {
          readonly [K in keyof S['variants']]: VariantDocs<S['variants'][K]>;
        };
      }
    : S extends ChoiceSchema
      ? {
          readonly doc: string;
          readonly words: { readonly [W in S['words'][number]]: string };
        }
      : S extends ListSchema
        ? { readonly doc: string; readonly items: Docs<S['items']> }
        : S extends VariantSchema
          ? VariantDocs<S>
          : string;

/** What a variant means: only a sentence where it has no fields. */
export type VariantDocs<V extends VariantSchema> = keyof NamedFields<V> extends never
  ? string
  : FieldDocs<V>;

/** What something with fields means, and each of its fields. */
export interface FieldDocs<V extends VariantSchema> {
  readonly doc: string;
  readonly fields: { readonly [K in keyof NamedFields<V>]: Docs<NamedFields<V>[K]> };
}

/** The fields of a variant, optional ones too. */
export type NamedFields<V extends VariantSchema> = V['fields'] &
  (V extends { readonly optional: infer O } ? O : unknown);

/** The docs of any part of a schema, or nothing where there are none. */
export type SomeDocs =
  | undefined
  | string
  | {
      readonly doc: string;
      readonly fields?: DocsByName;
      readonly variants?: DocsByName;
      readonly words?: DocsByName;
      readonly items?: SomeDocs;
    };

/** The docs of parts by their names. */
export type DocsByName = Readonly<Record<string, SomeDocs>>;

/** The sentence of a part itself; empty where there is none. */
export function docOf(docs: SomeDocs): string {
  return (typeof docs === 'object' ? docs.doc : docs) ?? '';
}

/** The docs of a part of a part: of a field, variant or word by its name. */
export function docsAt(
  docs: SomeDocs,
  part: 'fields' | 'variants' | 'words',
  name: string,
): SomeDocs {
  return typeof docs === 'object' ? docs[part]?.[name] : undefined;
}
