import { dice, evaluate, generalizedDice, type MetricSpec, score } from '@softdice/reference';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectClose, tensor } from './cases.js';

/** Counts (I, P, T) of two classes: 2, 3, 4 and 1, 2, 1 in sample 0; 1, 1, 2 and nothing in sample 1. */
const inputs = {
  prediction: tensor([2, 2, 5], [1, 1, 1, 0, 0, 0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
  target: tensor([2, 2, 5], [1, 1, 0, 1, 1, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0]),
};
const on = (metric: MetricSpec): readonly number[] => [
  ...score({ target: 'multilabel', decide: 'threshold', ...metric }, inputs).data,
];
const [a, b, c] = [4 / 7, 2 / 3, 2 / 3];
const skip = { empty: { give: 'skip' } } as const;

describe('the smoothing of hard scores', () => {
  it('is added to cells that are not empty', () => {
    const smoothing = { numerator: 1, denominator: 2 };
    expectClose(on({ smoothing, empty: { give: 'one' } }), [5 / 9, 3 / 5, 3 / 5, 1]);
  });
});

describe('means of hard scores', () => {
  it.each<[NonNullable<MetricSpec['reduction']>, readonly number[]]>([
    ['mean', [(a + b + c) / 3]],
    ['class-mean', [(a + b) / 2, c]],
    ['sample-mean', [(a + c) / 2, b]],
    ['class-then-sample', [((a + b) / 2 + c) / 2]],
    ['sample-then-class', [((a + c) / 2 + b) / 2]],
  ])('%s leaves skipped cells out', (reduction, expected) => {
    expectClose(on({ ...skip, reduction }), expected);
  });

  it('are NaN over nothing', () => {
    const classes = { kind: 'list', channels: [1] } as const;
    const means = on({ ...skip, classes, reduction: 'class-mean' });
    expectClose(means.slice(0, 1), [b]);
    expect(means[1]).toBeNaN();
  });
});

describe('class weights of hard scores', () => {
  it('multiply the scores, or weigh a mean', () => {
    const given = { kind: 'given', values: [3, 0.5] } as const;
    expectClose(on({ weights: given, empty: { give: 'one' } }), [3 * a, b / 2, 3 * c, 1 / 2]);
    const byMean = { ...given, normalise: 'weighted-mean' } as const;
    const means = on({ ...skip, weights: byMean, reduction: 'class-mean' });
    expectClose(means, [(3 * a + b / 2) / 3.5, c]);
  });

  it('by support weigh by the volume in the target', () => {
    const metric: MetricSpec = { ...skip, weights: 'support' };
    expectClose(on({ ...metric, reduction: 'class-mean' }), [(4 * a + b) / 5, c]);
    expectClose(on({ ...metric, per: 'batch', reduction: 'mean' }), [((6 * 6) / 10 + b) / 7]);
  });

  it('by volume weigh the sums of merged classes', () => {
    const metric: MetricSpec = { per: 'merged-image', weights: 'volume' };
    const first = (2 * (2 / 16 + 1)) / (7 / 16 + 3);
    expectClose(on(metric), [first, c]);
    expectClose(on({ ...metric, weights: { kind: 'volume', power: 0 } }), [6 / 10, c]);
  });
});

/** Planes of 0 and 1 of two samples and three classes. */
const planes = fc
  .array(fc.constantFrom(0, 1), { minLength: 24, maxLength: 24 })
  .map((data) => tensor([2, 3, 4], data));

describe('hard scores and losses of decided planes', () => {
  const floor = { smoothing: { numerator: 0, denominator: 0, floor: 1e-12 } } as const;
  const asScore = { ...floor, transform: 'negative', weight: -1, target: 'multilabel' } as const;
  const hard = { target: 'multilabel', decide: 'threshold' } as const;

  it('are the same under every reduction, absent classes skipped', () => {
    const reductions = ['mean', 'class-mean', 'class-then-sample', 'sample-then-class'] as const;
    fc.assert(
      fc.property(
        planes,
        planes,
        fc.constantFrom(...reductions),
        (prediction, target, reduction) => {
          const empty = { when: 'target', give: 'skip' } as const;
          const scores = score({ ...hard, empty, reduction }, { prediction, target }).data;
          const spec = dice({ ...asScore, absent: 'skip', reduction });
          const losses = evaluate(spec, { prediction, target }).loss.data;
          // A mean over nothing is NaN for a metric and 0 for a loss.
          expectClose(
            Array.from(scores, (value) => (Number.isNaN(value) ? 0 : value)),
            [...losses],
          );
        },
      ),
      { seed: 1 },
    );
  });

  it('are the same for generalised Dice', () => {
    fc.assert(
      fc.property(planes, planes, fc.constantFrom(1, 2), (prediction, target, power) => {
        const metric = {
          ...hard,
          per: 'merged-image',
          weights: { kind: 'volume', power },
          empty: { give: 'zero' },
        } as const;
        const spec = generalizedDice({
          ...asScore,
          weights: { kind: 'volume', power, on: 'both-sums' },
          reduction: 'none',
        });
        const scores = score(metric, { prediction, target }).data;
        expectClose(scores, [...evaluate(spec, { prediction, target }).loss.data]);
      }),
      { seed: 1 },
    );
  });
});
