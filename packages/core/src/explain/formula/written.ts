/** How tightly a piece of a formula binds; a looser one inside a tighter one is parenthesised. */
export const levels = {
  /** `sum over voxel of x`: reaches to the end. */
  prefix: 0,
  sum: 1,
  negative: 2,
  quotient: 3,
  product: 4,
  power: 5,
  atom: 6,
} as const;

/** A piece of a formula. */
export interface Written {
  readonly text: string;
  readonly level: number;
}

/** A piece of a given level. */
export function written(text: string, level: keyof typeof levels): Written {
  return { text, level: levels[level] };
}

/** A number in its shortest form: `1e-5`, `0.25`, `100`. */
export function shortest(value: number): string {
  const plain = String(value);
  const exponential = value.toExponential().replace('e+', 'e');
  return exponential.length < plain.length ? exponential : plain;
}
