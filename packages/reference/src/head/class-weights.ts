import type { OverlapTerm } from '../terms/overlap-term.js';

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

type Given = Extract<OverlapTerm['weights'], { readonly kind: 'given' }>;

const unweighted: ClassFactors = { overlap: 1, I: 1, sums: 1, score: 1, loss: 1, mean: 1 };

const factors: { readonly [K in Given['on']]: (v: number) => Partial<ClassFactors> } = {
  loss: (v) => ({ loss: v }),
  score: (v) => ({ score: v }),
  intersection: (v) => ({ overlap: v }),
  'both-sums': (v) => ({ overlap: v, I: v, sums: v }),
  'both-factors': (v) => ({ overlap: v * v, I: v * v, sums: v }),
};

/** The factors of each of the scored classes. */
export function classFactors(
  weights: OverlapTerm['weights'],
  classes: number,
): readonly ClassFactors[] {
  if (weights.kind === 'none') return Array.from({ length: classes }, () => unweighted);
  const { values, on, normalise } = weights;
  if (normalise === 'weighted-mean') return values.map((v) => ({ ...unweighted, mean: v }));
  const total = normalise === 'sum-to-one' ? values.reduce((sum, v) => sum + v, 0) : 1;
  return values.map((v) => ({ ...unweighted, ...factors[on](v / total) }));
}
