import { type LossSpec, type Plan, type TermSpec, wassersteinDice } from '@softdice/core';
import fc from 'fast-check';
import { type Case, cases } from '../arbitraries/batch.js';
import { specs } from '../arbitraries/spec.js';
import type { Law } from './law.js';
import { selfDisagreements, under } from './one-term.js';

type Wasserstein = Extract<TermSpec, { readonly kind: 'wasserstein' }>;

const isWasserstein = (term: LossSpec['terms'][number]): term is Wasserstein =>
  typeof term === 'object' && term.kind === 'wasserstein';

/** Cases of one Wasserstein Dice of softmax and labels. */
function labelled(
  channels: number,
  change: (term: Wasserstein) => Wasserstein,
): fc.Arbitrary<Case> {
  return cases({
    channels: fc.constant(channels),
    spec: (count) =>
      specs(count)
        .filter(({ terms }) => terms.some(isWasserstein))
        .map(({ terms }): LossSpec => {
          const [term = wassersteinDice({ distances: [] }).terms[0] as Wasserstein] =
            terms.filter(isWasserstein);
          return { target: 'labels', terms: [{ ...change(term), activation: 'softmax' }] };
        }),
  });
}

function termOf({ terms }: Plan): Extract<Plan['terms'][number], { readonly kind: 'wasserstein' }> {
  const [term] = terms;
  if (term?.kind !== 'wasserstein') throw new Error('the first term is no Wasserstein Dice');
  return term;
}

/** What holds for Wasserstein Dice. */
export const wassersteinLaws: readonly Law[] = [
  {
    name: 'Wasserstein Dice of two classes is Dice of the foreground',
    cases: labelled(2, (term) => ({
      ...term,
      distances: [
        [0, 1],
        [1, 0],
      ],
      weighting: 'foreground',
    })),
    check: (target, drawn) => {
      const { weight, per, smoothing, reduction } = termOf(drawn.plan);
      const dice: TermSpec = {
        kind: 'overlap',
        activation: 'softmax',
        classes: 'foreground',
        weight,
        per,
        smoothing,
        reduction,
      };
      const other = under(drawn, { ...drawn.spec, terms: [dice] });
      return selfDisagreements(target, drawn, other, ['loss', 'scores', 'gradient']);
    },
  },
  {
    name: 'Wasserstein Dice by volume does not know the classes by name',
    cases: labelled(3, (term) => ({ ...term, weighting: 'volume' })),
    check: (target, drawn) => {
      const { prediction, target: labels } = drawn.batch;
      const [, channels = 1, ...spatial] = prediction.shape;
      const voxels = spatial.reduce((product, size) => product * size, 1);
      const turned = (data: ArrayLike<number>): number[] =>
        Array.from(data, (_, at) => {
          const channel = Math.floor(at / voxels) % channels;
          return data[at + (channels - 1 - 2 * channel) * voxels] ?? 0;
        });
      const { distances, ...term } = termOf(drawn.plan);
      const other = {
        ...under(drawn, {
          ...drawn.spec,
          terms: [{ ...term, distances: distances.toReversed().map((row) => row.toReversed()) }],
        }),
        batch: {
          prediction: { ...prediction, data: turned(prediction.data) },
          target: { ...labels, data: labels.data.map((label) => channels - 1 - label) },
        },
      };
      return selfDisagreements(target, drawn, other, ['loss', 'scores', 'gradient'], (outcome) => ({
        ...outcome,
        gradient: { ...outcome.gradient, data: turned(outcome.gradient.data) },
      }));
    },
  },
];
