import { type PlanTermOf, parseSpec, type TermSpec, topCount } from '@softdice/core';
import fc from 'fast-check';
import { type Batch, type Case, cases, type Tensor } from '../arbitraries/batch.js';
import { specs } from '../arbitraries/spec.js';
import { boundsOf } from './bounds.js';
import { disagreement } from './compare.js';
import type { Law } from './law.js';
import { largest, selfDisagreements, under } from './one-term.js';

type CrossEntropy = Extract<TermSpec, { readonly kind: 'cross-entropy' }>;

/** Cases of one cross-entropy of weight 1 over the hardest voxels alone. */
const hardestCases: fc.Arbitrary<Case> = cases({
  spec: (channels) =>
    fc
      .tuple(specs(channels), fc.constantFrom(80, 50, 30, 12.5))
      .filter(([{ terms }]) => terms.some(isCrossEntropy))
      .map(([spec, hardest]) => {
        const term = spec.terms.find(isCrossEntropy) ?? { kind: 'cross-entropy' };
        const mean = term.reduction === 'mean' ? 'mean' : ('class-sum' as const);
        const changed = {
          ...term,
          hardest,
          weight: 1,
          average: 'voxels',
          reduction: mean,
          weights: isGiven(term.weights) ? term.weights : ('none' as const),
        } as const;
        return parseSpec({ ...spec, terms: [changed] });
      }),
});

function isCrossEntropy(term: object | string): term is CrossEntropy {
  return typeof term === 'object' && 'kind' in term && term.kind === 'cross-entropy';
}

function isGiven(
  weights: CrossEntropy['weights'],
): weights is Extract<NonNullable<CrossEntropy['weights']>, { readonly kind: 'given' }> {
  return typeof weights === 'object' && weights.kind === 'given';
}

function onlyTerm({ plan }: Case): PlanTermOf<'cross-entropy'> {
  const [term] = plan.terms;
  if (term?.kind !== 'cross-entropy') throw new Error('the term is no cross-entropy');
  return term;
}

function twice({ prediction, target, mask }: Batch): Batch {
  const of = ({ shape: [samples = 1, ...rest], data }: Tensor): Tensor => ({
    shape: [2 * samples, ...rest],
    data: [...data, ...data],
  });
  return {
    prediction: of(prediction),
    target: of(target),
    ...(mask === undefined ? {} : { mask: of(mask) }),
  };
}

/** What holds for the hardest voxels of a batch, of which parts do not add up. */
export const hardestLaws: readonly Law[] = [
  {
    name: 'a batch twice over has the same hardest voxels, where they are twice as many',
    cases: hardestCases,
    check: async (target, drawn) => {
      const [samples = 1, , ...spatial] = drawn.batch.prediction.shape;
      const voxels = spatial.reduce((product, size) => product * size, samples);
      const share = onlyTerm(drawn).hardest * 1e4;
      // The odd voxel of a share is left out of one batch, and two odd ones are not out of two.
      if (topCount(2 * voxels, share) !== 2 * topCount(voxels, share)) return [];
      const doubled = { ...drawn, batch: twice(drawn.batch) };
      return selfDisagreements(target, drawn, doubled, ['loss']);
    },
  },
  {
    name: 'fewer hardest voxels have no smaller mean',
    cases: hardestCases,
    check: async (target, drawn) => {
      const easier = under(drawn, {
        ...drawn.spec,
        terms: [{ ...onlyTerm(drawn), hardest: 100 }],
      });
      const losses = [
        await target.evaluate(drawn.spec, drawn.batch),
        await target.evaluate(easier.spec, easier.batch),
      ].map(({ loss }) => loss.data[0] ?? Number.NaN);
      const [hard = Number.NaN, easy = Number.NaN] = losses;
      const bounds = [drawn, easier].map((one) => largest(boundsOf(one, target.precision).loss));
      const scalar = (value: number): Tensor => ({ shape: [], data: [value] });
      return [disagreement('loss', scalar(Math.max(hard, easy)), scalar(hard), ...bounds)];
    },
  },
];
