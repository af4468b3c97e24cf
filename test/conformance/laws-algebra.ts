import { type LossSpec, planOf } from '@softdice/core';
import type { Tensor } from '../arbitraries/batch.js';
import { boundsOf } from './bounds.js';
import { disagreement } from './compare.js';
import type { Law } from './law.js';
import { type Overlap, oneTerm, selfDisagreements, withTerm } from './one-term.js';

const unweighted = (term: Overlap): Overlap => ({ ...term, weights: 'none' });

const halved = ({ numerator = 1e-5, denominator = 1e-5, floor = 0 }: Smoothing): Smoothing => ({
  numerator: numerator / 2,
  denominator: denominator / 2,
  floor: floor / 2,
});
function exponentOf({ counting }: Overlap): number {
  return typeof counting === 'object' && counting.kind === 'power' ? (counting.exponent ?? 2) : 2;
}

type Smoothing = NonNullable<Overlap['smoothing']>;

/** A masked logit of 0 is no probability of 0. */
const notMasked = {
  shared: (spec: LossSpec): LossSpec =>
    planOf(spec).voxels.kind === 'masked-inputs' ? { ...spec, voxels: 'mask' } : spec,
};

/** Relations between the indices, and between activations. */
export const algebraLaws: readonly Law[] = [
  {
    name: 'Tversky(1/2, 1/2) is Dice with its smoothing halved',
    // A denominator of 1e-3 stays within constraint C1 when halved, a numerator of as much within C40.
    cases: oneTerm((term) => {
      const { numerator = 1e-5, ...smoothing } = term.smoothing ?? {};
      const kept = { ...smoothing, numerator: Math.min(numerator, 1e-3), denominator: 1e-3 };
      return unweighted({ ...term, index: 'dice', smoothing: kept });
    }),
    check: (target, drawn) => {
      const tversky = withTerm(drawn, (term) => ({
        ...term,
        index: 'tversky',
        smoothing: halved(term.smoothing ?? {}),
      }));
      return selfDisagreements(target, drawn, tversky, ['loss', 'scores', 'gradient']);
    },
  },
  {
    name: 'F-beta with beta 1 is Dice',
    cases: oneTerm((term) => unweighted({ ...term, index: 'dice' })),
    check: (target, drawn) => {
      const fBeta = withTerm(drawn, (term) => ({ ...term, index: 'f-beta' }));
      return selfDisagreements(target, drawn, fBeta, ['loss', 'scores', 'gradient']);
    },
  },
  {
    name: 'Jaccard is Dice / (2 - Dice), score by score',
    cases: oneTerm((term) =>
      unweighted({
        ...term,
        index: 'dice',
        // Jaccard refuses powers above 2 in its sums (constraint C8).
        counting: exponentOf(term) > 2 ? 'product' : (term.counting ?? 'product'),
        smoothing: { numerator: 2e-3, denominator: 1e-2, floor: 0 },
      }),
    ),
    check: async (target, drawn) => {
      // D = (2I + n) / (P + T + d) gives D / (2 - D) = (I + n/2) / (P + T - I + d - n/2).
      const other = withTerm(drawn, (term) => ({
        ...term,
        index: 'jaccard',
        smoothing: { numerator: 1e-3, denominator: 9e-3, floor: 0 },
      }));
      const dice = (await target.evaluate(drawn.spec, drawn.batch)).scores;
      const jaccard = (await target.evaluate(other.spec, other.batch)).scores;
      const data = Float64Array.from(dice.data, (score) => score / (2 - score));
      const diceBound = boundsOf(drawn, target.precision).scores;
      // The slope of D / (2 - D) is 2 / (2 - D)^2; with powers in the sums D can exceed 1.
      const error = diceBound.error.map((off, at) => {
        const slope = 2 / (2 - (diceBound.value.data[at] ?? 0) - off) ** 2;
        return Math.max(2, slope) * off;
      });
      const bound = boundsOf(other, target.precision).scores;
      return [
        disagreement(
          'scores',
          jaccard,
          { shape: dice.shape, data },
          { ...diceBound, error },
          bound,
        ),
      ];
    },
  },
  {
    name: 'logits give what their probabilities give',
    cases: oneTerm(
      (term) => ({
        ...term,
        activation: term.activation === 'softmax' ? 'softmax' : 'sigmoid',
        classes: term.activation === 'softmax' ? (term.classes ?? 'all') : 'all',
        weights: 'none',
      }),
      notMasked,
    ),
    check: (target, drawn) => {
      const [term] = drawn.plan.terms;
      const activation = term?.activation === 'softmax' ? softmax : sigmoid;
      // What a backend computes with is what it is given.
      const round = target.precision.unit > 2 ** -30 ? Math.fround : (x: number) => x;
      const { shape, data } = activation(drawn.batch.prediction);
      const prediction = { shape, data: data.map(round) };
      const pre = withTerm(drawn, (logits) => ({ ...logits, activation: 'none' }));
      const other = { ...pre, batch: { ...drawn.batch, prediction } };
      return selfDisagreements(target, drawn, other, ['loss', 'scores']);
    },
  },
];

function sigmoid({ shape, data }: Tensor): Tensor {
  return { shape, data: data.map((x) => 1 / (1 + Math.exp(-x))) };
}

function softmax({ shape, data }: Tensor): Tensor {
  const [, channels = 1, ...spatial] = shape;
  const voxels = spatial.reduce((product, size) => product * size, 1);
  const probability = (x: number, at: number): number => {
    const first = Math.floor(at / (channels * voxels)) * channels * voxels + (at % voxels);
    const logits = Array.from(
      { length: channels },
      (_, channel) => data[first + channel * voxels] ?? 0,
    );
    return 1 / logits.reduce((sum, other) => sum + Math.exp(other - x), 0);
  };
  return { shape, data: data.map(probability) };
}
