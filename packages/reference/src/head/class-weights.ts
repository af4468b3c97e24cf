import type { OverlapTerm } from '../terms/overlap-term.js';
import { volumeWeights } from './volume-weights.js';

/** What the weight of one class multiplies; 1 where it multiplies nothing. */
export interface ClassFactors {
  /** The intersection in the numerator. */
  readonly overlap: number;
  /** The intersection in the denominator. */
  readonly I: number;
  /** P and T. */
  readonly sums: number;
  readonly score: number;
  readonly loss: number;
  /** The share of the class in a weighted mean. */
  readonly mean: number;
}

type Weighted = Exclude<OverlapTerm['weights'], { readonly kind: 'none' }>;

const unweighted: ClassFactors = { overlap: 1, I: 1, sums: 1, score: 1, loss: 1, mean: 1 };

const factors: { readonly [K in Weighted['on']]: (v: number) => Partial<ClassFactors> } = {
  loss: (v) => ({ loss: v }),
  score: (v) => ({ score: v }),
  intersection: (v) => ({ overlap: v }),
  'both-sums': (v) => ({ overlap: v, I: v, sums: v }),
  'both-factors': (v) => ({ overlap: v * v, I: v * v, sums: v }),
};

/**
 * The factors of each of the scored classes in each row of the grid.
 *
 * @param masses - The target mass of each class, by row.
 */
export function classFactors(
  weights: OverlapTerm['weights'],
  masses: readonly (readonly number[])[],
): readonly (readonly ClassFactors[])[] {
  switch (weights.kind) {
    case 'none':
      return masses.map((row) => row.map(() => unweighted));
    case 'given':
      return masses.map(() => rowFactors(weights, weights.values));
    case 'volume':
      return volumeWeights(weights, masses).map((values) => rowFactors(weights, values));
  }
}

function rowFactors(
  { on, normalise }: Weighted,
  values: readonly number[],
): readonly ClassFactors[] {
  if (normalise === 'weighted-mean') return values.map((v) => ({ ...unweighted, mean: v }));
  const total = normalise === 'sum-to-one' ? values.reduce((sum, v) => sum + v, 0) : 1;
  return values.map((v) => ({ ...unweighted, ...factors[on](total === 0 ? 0 : v / total) }));
}
