/** What a choice with parameters looks like in a plan. */
export interface Tagged {
  readonly kind: string;
}

/** The variants `K` of the choice `U`, each tied to its own kind so that tables can be indexed. */
export type Variant<U extends Tagged, K extends U['kind'] = U['kind']> = {
  [P in K]: { readonly kind: P } & Extract<U, { readonly kind: P }>;
}[K];

/**
 * One rule per variant of the choice `U`: its parameters give an `R`.
 *
 * The table is typed by core's schema, so a variant without a rule does not compile.
 */
export type Rules<U extends Tagged, R> = {
  readonly [K in U['kind']]: (parameters: Variant<U, K>) => R;
};
