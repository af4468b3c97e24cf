import { type LossSpec, parseSpec, type TermSpec } from '@softdice/core';
import fc from 'fast-check';
import { type Case, cases } from '../arbitraries/batch.js';
import { specs } from '../arbitraries/spec.js';
import type { Law } from './law.js';
import { selfDisagreements, under } from './one-term.js';

type CrossEntropy = Extract<TermSpec, { readonly kind: 'cross-entropy' }>;

/** Cases of one cross-entropy, changed as a law needs it. */
function entropyCases(
  change: (term: CrossEntropy) => CrossEntropy,
  channels: fc.Arbitrary<number> = fc.integer({ min: 1, max: 4 }),
  shared: (spec: LossSpec) => LossSpec = (spec) => spec,
): fc.Arbitrary<Case> {
  return cases({
    channels,
    spec: (count) =>
      specs(count)
        .map((spec): LossSpec | undefined => {
          const [term] = spec.terms.flatMap((one) =>
            typeof one === 'object' && one.kind === 'cross-entropy' ? [one] : [],
          );
          return term && { ...shared(spec), terms: [change(term)] };
        })
        .filter((spec): spec is LossSpec => spec !== undefined && isValid(spec)),
  });
}

function isValid(spec: LossSpec): boolean {
  try {
    parseSpec(spec);
    return true;
  } catch {
    return false;
  }
}

function withEntropy(
  drawn: Case,
  change: (term: CrossEntropy) => CrossEntropy,
  target: LossSpec['target'] = drawn.plan.target,
): Case {
  const terms = drawn.plan.terms.flatMap((term) =>
    term.kind === 'cross-entropy' ? [change(term)] : [],
  );
  return under(drawn, { ...drawn.spec, target, terms });
}

/** What holds for cross-entropies. */
export const entropyLaws: readonly Law[] = [
  {
    name: 'a sum over the classes is their mean as many times',
    cases: entropyCases((term) => ({
      ...term,
      classes: 'all',
      weights: 'none',
      reduction: 'class-sum',
    })),
    check: async (target, drawn) => {
      const classes = drawn.batch.prediction.shape[1] ?? 1;
      const mean = withEntropy(drawn, (term) => ({ ...term, reduction: 'mean' }));
      const times = withEntropy(mean, (term) => ({
        ...term,
        weight: (term.weight ?? 1) * classes,
      }));
      return selfDisagreements(target, drawn, times, ['loss', 'scores', 'gradient']);
    },
  },
  {
    name: 'a bernoulli cross-entropy tells the classes from their opposites by its factors alone',
    cases: entropyCases(
      ({ weights = 'none', ...term }) => ({
        ...term,
        // The opposite of a frequent class is rare.
        weights: typeof weights === 'object' && weights.kind === 'given' ? weights : 'none',
        activation: 'sigmoid',
        distribution: 'bernoulli',
        labelSmoothing: 0,
        average: 'valid',
      }),
      fc.integer({ min: 1, max: 3 }),
      ({ rescale: _, voxels: __, ...spec }) => ({ ...spec, target: 'multilabel' }),
    ),
    check: async (target, drawn) => {
      const { prediction, target: labels } = drawn.batch;
      const exchanged = withEntropy(drawn, ({ positive = 1, negative = 1, ...term }) => ({
        ...term,
        positive: negative,
        negative: positive,
      }));
      const opposite = {
        ...exchanged,
        batch: {
          prediction: { ...prediction, data: prediction.data.map((x) => -x) },
          target: { ...labels, data: labels.data.map((t) => 1 - t) },
        },
      };
      return selfDisagreements(
        target,
        drawn,
        opposite,
        ['loss', 'scores', 'gradient'],
        (other) => ({
          ...other,
          gradient: { ...other.gradient, data: Array.from(other.gradient.data, (slope) => -slope) },
        }),
      );
    },
  },
  {
    name: 'the softmax of two classes is the sigmoid of their difference',
    cases: entropyCases(
      ({ weights: _, ...term }) => ({
        ...term,
        activation: 'softmax',
        distribution: 'categorical',
        positive: 1,
        negative: 1,
        labelSmoothing: 0,
        classes: 'all',
        average: 'valid',
        reduction: 'class-sum',
      }),
      fc.constant(2),
      ({ rescale: _, voxels: __, ...spec }) => ({ ...spec, target: 'labels' }),
    ),
    check: async (target, drawn) => {
      const { prediction, target: labels } = drawn.batch;
      const [samples = 1, , ...spatial] = prediction.shape;
      const voxels = spatial.reduce((product, size) => product * size, 1);
      const isSecond = (at: number): boolean => Math.floor(at / voxels) % 2 === 1;
      // Against a logit of 0 the difference needs no rounding.
      const against0 = prediction.data.map((x, at) => (isSecond(at) ? x : 0));
      const two = {
        ...drawn,
        batch: { ...drawn.batch, prediction: { ...prediction, data: against0 } },
      };
      const one = {
        ...withEntropy(
          drawn,
          (term) => ({ ...term, activation: 'sigmoid', distribution: 'bernoulli' }),
          'binary',
        ),
        batch: {
          prediction: {
            shape: [samples, 1, ...spatial],
            data: prediction.data.filter((_, at) => isSecond(at)),
          },
          target: labels,
        },
      };
      return selfDisagreements(target, two, one, ['loss']);
    },
  },
];
