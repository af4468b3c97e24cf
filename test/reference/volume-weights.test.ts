import { compile, execute, filled, type LossSpec, opTable, scalar } from '@softdice/core';
import { evaluate } from '@softdice/reference';
import { describe, expect, it } from 'vitest';
import { expectClose, overlap, type TermChoice, tensor } from './cases.js';

type Volume = Extract<NonNullable<TermChoice['weights']>, { readonly kind: 'volume' }>;

/** Two samples of two classes of four voxels, with masses 4, 0 and 2, 1. */
const inputs = {
  prediction: tensor([2, 2, 4], [1, 1, 0, 0, 1, 0, 0, 0, 0.5, 0.5, 0.5, 0.5, 0, 0, 0.25, 0.25]),
  target: tensor([2, 2, 4], [1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1, 0]),
};
/** 1 - 2I / (P + T) of the cells: 1 - 4/6, 1 - 0/1, 1 - 2/4, 1 - 0.5/1.5. */
const losses = [1 / 3, 1, 1 / 2, 2 / 3] as const;

const lossOf = (choice: TermChoice): ReturnType<typeof evaluate> =>
  evaluate({ target: 'multilabel', terms: [overlap({ reduction: 'none', ...choice })] }, inputs);

describe('weights by volume', () => {
  it.each<[string, Omit<Volume, 'kind'>, readonly number[]]>([
    ['squares, the largest for absent classes', {}, [1 / 16, 1 / 16, 1 / 4, 1]],
    ['simple', { power: 1 }, [1 / 4, 1 / 4, 1 / 2, 1]],
    ['simple, 0 for absent classes', { power: 1, absent: 'zero' }, [1 / 4, 0, 1 / 2, 1]],
    ['power 0 of present classes', { power: 0, absent: 'zero' }, [1, 0, 1, 1]],
    ['an epsilon', { absent: { kind: 'epsilon', epsilon: 1 } }, [1 / 25, 1, 1 / 9, 1 / 4]],
    [
      'an epsilon added to the power',
      { absent: { kind: 'epsilon', epsilon: 1, to: 'power' } },
      [1 / 17, 1, 1 / 5, 1 / 2],
    ],
    ['a floor', { absent: { kind: 'floor', floor: 2 } }, [1 / 16, 1 / 4, 1 / 4, 1 / 4]],
    [
      'a floor, 0 for absent classes',
      { absent: { kind: 'zero', floor: 2 } },
      [1 / 16, 0, 1 / 4, 1 / 4],
    ],
    ['over the batch', { power: 1, over: 'batch' }, [1 / 6, 1, 1 / 6, 1]],
    [
      'divided by their sum',
      { power: 1, absent: 'zero', normalise: 'sum-to-one' },
      [1, 0, 1 / 3, 2 / 3],
    ],
  ])('%s', (_name, choice, expected) => {
    const { loss } = lossOf({ weights: { kind: 'volume', ...choice } });
    expectClose(
      loss.data,
      expected.map((weight, at) => weight * (losses[at] ?? Number.NaN)),
    );
  });

  it('of pooled samples', () => {
    const { loss } = lossOf({ per: 'batch', weights: 'volume' });
    // I = 3, P = 4, T = 6 and I = 0.25, P = 1.5, T = 1
    expectClose(loss.data, [(1 - 6 / 10) / 36, 1 - 0.5 / 2.5]);
  });

  it('in a weighted mean', () => {
    const weights = { kind: 'volume', power: 1, normalise: 'weighted-mean' } as const;
    const [a, b, c, d] = losses;
    expectClose(lossOf({ weights, reduction: 'mean' }).loss.data, [
      (a / 4 + b / 4 + c / 2 + d) / 2,
    ]);
    expectClose(lossOf({ weights, reduction: 'class-then-sample' }).loss.data, [
      ((a + b) / 2 + (c / 2 + d) / 1.5) / 2,
    ]);
  });

  it('in the sums of merged classes: generalised Dice', () => {
    const weights = { kind: 'volume', on: 'both-sums' } as const;
    const { loss } = lossOf({ weights, per: 'merged-image' });
    // v = 1/16, 1/16: 2 (2 + 0) / (6 + 1); v = 1/4, 1: 2 (1/4 + 1/4) / (4/4 + 1.5)
    expectClose(loss.data, [1 - 4 / 7, 1 - 1 / 2.5]);
  });
});

describe('where every class is absent', () => {
  const target = tensor([2, 2, 4], Array<number>(16).fill(0));
  const choices: readonly TermChoice[] = [
    { per: 'merged-image', weights: { kind: 'volume', on: 'both-sums' } },
    { per: 'everything', weights: { kind: 'volume', on: 'both-sums', absent: 'zero' } },
    { weights: { kind: 'volume', normalise: 'weighted-mean' } },
    { weights: { kind: 'volume', normalise: 'sum-to-one' } },
  ];

  it.each(choices)('loss and gradient are 0: %j', (choice) => {
    const smoothing = { numerator: 1e-5, denominator: 1e-5 };
    const spec: LossSpec = { target: 'multilabel', terms: [overlap({ ...choice, smoothing })] };
    const { loss, gradient } = evaluate(spec, { ...inputs, target });
    expectClose([...loss.data, ...gradient.data], Array<number>(17).fill(0));

    const { whole } = compile(spec);
    const given = { prediction: inputs.prediction.data, target: target.data };
    const found = execute(opTable, [whole.loss, whole.gradient], (name) =>
      name === 'cotangent'
        ? scalar(1)
        : filled(
            ['sample', 'channel', 'voxel'],
            [2, 2, 4],
            (at) => given[name as keyof typeof given][at] ?? Number.NaN,
          ),
    );
    expect(found.flatMap((array) => [...(array?.data ?? [])]).every((x) => x === 0)).toBe(true);
  });
});
