import { evaluate } from '@softdice/reference';
import { describe, expect, it } from 'vitest';
import {
  cellLosses,
  cells,
  expectClose,
  onCells,
  overlap,
  type TermChoice,
  tensor,
} from './cases.js';

const [a, b, c, d] = cellLosses;
const absentCell: TermChoice = { absent: 'skip' };

describe('reduction', () => {
  it.each<[string, TermChoice, readonly number[], readonly number[]]>([
    ['mean', { reduction: 'mean' }, [], [(a + b + c + d) / 4]],
    ['sum', { reduction: 'sum' }, [], [a + b + c + d]],
    ['none', { reduction: 'none' }, [2, 2], [a, b, c, d]],
    ['class-mean', { reduction: 'class-mean' }, [2], [(a + b) / 2, (c + d) / 2]],
    ['class-then-sample', { reduction: 'class-then-sample' }, [], [(a + b + c + d) / 4]],
    ['sample-then-class', { reduction: 'sample-then-class' }, [], [(a + b + c + d) / 4]],
    ['mean, skip', { ...absentCell, reduction: 'mean' }, [], [(a + c + d) / 3]],
    ['class-mean, skip', { ...absentCell, reduction: 'class-mean' }, [2], [a, (c + d) / 2]],
    [
      'class-then-sample, skip',
      { ...absentCell, reduction: 'class-then-sample' },
      [],
      [(a + (c + d) / 2) / 2],
    ],
    [
      'sample-then-class, skip',
      { ...absentCell, reduction: 'sample-then-class' },
      [],
      [((a + c) / 2 + d) / 2],
    ],
  ])('%s', (_name, choice, shape, expected) => {
    const { loss, scores } = onCells(choice);
    expect(loss.shape).toEqual(shape);
    expect(scores.shape).toEqual([2, 2]);
    expectClose(loss.data, expected);
  });
});

describe('per', () => {
  it.each<[NonNullable<TermChoice['per']>, readonly number[], readonly number[]]>([
    ['image', [2, 2], [1 / 1.5, 0, 1, 1.5 / 1.75]],
    ['batch', [2], [3 / 3.5, 1.5 / 2]],
    ['merged-image', [2], [1 / 1.75, 3.5 / 3.75]],
    ['everything', [], [4.5 / 5.5]],
  ])('%s', (per, shape, expected) => {
    const { loss, scores, statistics } = onCells({ per, reduction: 'none' });
    expect(scores.shape).toEqual(shape);
    expect(loss.shape).toEqual(shape);
    expectClose(scores.data, expected);
    const pooled = per === 'batch' || per === 'everything';
    expect(statistics['dice.P']?.shape).toEqual(pooled ? [2] : [2, 2]);
    expectClose(statistics['dice.P']?.data ?? [], pooled ? [1.5, 1] : [0.5, 0.25, 1, 0.75]);
  });
});

describe('absent', () => {
  it('keeps, zeroes or skips a class that the target does not have', () => {
    expectClose(onCells({}).loss.data, [(a + b + c + d) / 4]);
    expectClose(onCells({ absent: 'zero' }).loss.data, [(a + c + d) / 4]);
    expectClose(onCells({ absent: 'skip' }).loss.data, [(a + c + d) / 3]);
  });

  it('zeroes after the power, and without gradient', () => {
    const result = onCells({
      absent: 'zero',
      reduction: 'none',
      transform: 'log',
      power: { cell: 2, floor: 0.1 },
    });
    expectClose(result.loss.data.slice(1, 2), [0]);
    expectClose(result.gradient.data.slice(1, 2), [0]);
    expect(result.gradient.data[0]).not.toBe(0);
  });

  it('judges by the mass up to the threshold, and reports it', () => {
    const threshold = { kind: 'skip', threshold: 1 } as const;
    const { loss, gradient, statistics } = onCells({ absent: threshold });
    expectClose(statistics['dice.M']?.data ?? [], [1, 0, 1, 1]);
    expectClose(loss.data, [0]);
    expectClose(gradient.data, [0, 0, 0, 0]);
    expect(onCells({}).statistics).not.toHaveProperty('dice.M');
  });

  it('counts toward the mass only voxels above the level', () => {
    const { statistics, loss } = evaluate(
      { target: 'soft', terms: [overlap({ absent: { kind: 'skip', level: 0.25 } })] },
      {
        prediction: tensor([1, 2, 2], [0.5, 0.5, 1, 1]),
        target: tensor([1, 2, 2], [0.25, 0.5, 0.25, 0.25]),
      },
    );
    expectClose(statistics['dice.A']?.data ?? [], [0.5, 0]);
    expectClose(loss.data, [1 - 0.75 / 1.75]);
  });

  it('judges merged classes by their common mass', () => {
    const { loss } = onCells({ per: 'merged-image', absent: { kind: 'zero', threshold: 1 } });
    expectClose(loss.data, [(1 - 3.5 / 3.75) / 2]);
  });

  it('judges before the target is rescaled', () => {
    const { loss, statistics } = evaluate(
      {
        target: 'soft',
        rescale: { scale: 0.5, offset: 0.25 },
        terms: [overlap({ absent: 'skip', reduction: 'class-mean' })],
      },
      cells,
    );
    expectClose(statistics['dice.T']?.data ?? [], [0.75, 0.25, 0.75, 0.75]);
    expectClose(statistics['dice.M']?.data ?? [], [1, 0, 1, 1]);
    expectClose(loss.data.slice(0, 1), [1 - 0.75 / 1.25]);
  });
});

describe('skip', () => {
  const skip = (reduction: TermChoice['reduction'] & {}, target: readonly number[]): number[] => [
    ...evaluate(
      { target: 'soft', terms: [overlap({ absent: 'skip', reduction })] },
      { ...cells, target: tensor([2, 2, 1], target) },
    ).loss.data,
  ];

  it('leaves a sample without any class out of the mean over samples', () => {
    expectClose(skip('class-then-sample', [0, 0, 1, 1]), [(c + d) / 2]);
    expectClose(skip('class-mean', [0, 0, 1, 1]), [0, (c + d) / 2]);
  });

  it('leaves a class without any sample out of the mean over classes', () => {
    expectClose(skip('sample-then-class', [1, 0, 1, 0]), [(a + c) / 2]);
  });

  it.each(['mean', 'class-then-sample', 'sample-then-class'] as const)(
    '%s of nothing is 0',
    (how) => {
      expectClose(skip(how, [0, 0, 0, 0]), [0]);
    },
  );
});

describe('weights', () => {
  const values = [3, 1];
  type On = 'loss' | 'score' | 'intersection' | 'both-sums' | 'both-factors';
  const given = (
    on: On,
    normalise: 'none' | 'sum-to-one' | 'weighted-mean' = 'none',
  ): TermChoice => ({ weights: { kind: 'given', values, on, normalise } });
  const smoothing = { numerator: 1, denominator: 2, floor: 0 };

  it.each<[string, TermChoice, readonly number[]]>([
    ['loss', given('loss'), [3 * a, b, 3 * c, d]],
    ['loss, sum-to-one', given('loss', 'sum-to-one'), [(3 * a) / 4, b / 4, (3 * c) / 4, d / 4]],
    ['score', given('score'), [1 - 3 * (1 - a), b, 1 - 3, d]],
    ['intersection', given('intersection'), [1 - 3 / 1.5, b, 1 - 3, d]],
    [
      'both-sums',
      { ...given('both-sums'), smoothing },
      [1 - 4 / 6.5, 1 - 1 / 2.25, 1 - 7 / 8, 1 - 2.5 / 3.75],
    ],
    [
      'both-factors',
      { ...given('both-factors'), smoothing },
      [1 - 10 / 6.5, 1 - 1 / 2.25, 1 - 19 / 8, 1 - 2.5 / 3.75],
    ],
  ])('on %s', (_name, choice, expected) => {
    expectClose(onCells({ ...choice, reduction: 'none' }).loss.data, expected);
  });

  it('on the intersection changes the numerator alone', () => {
    const { scores } = onCells({ ...given('intersection'), index: 'jaccard', reduction: 'none' });
    expectClose(scores.data, [1.5 / 1, 0, 3, 0.75]);
  });

  it('in the sums of merged classes: generalised Dice', () => {
    const { scores } = onCells({ ...given('both-sums'), per: 'merged-image' });
    expectClose(scores.data, [3 / 4.75, (2 * 3 + 1.5) / (6 + 1.75)]);
    const { scores: all } = onCells({ ...given('both-factors'), per: 'everything' });
    expectClose(all.data, [(2 * 9 * 1.5 + 1.5) / (3 * 3.5 + 2)]);
  });

  it('leaves the reported score alone where the weight is on the score', () => {
    expectClose(onCells(given('score')).scores.data, [1 - a, 0, 1, 1 - d]);
  });

  it.each<[string, TermChoice, readonly number[]]>([
    ['mean', {}, [(3 * a + b + 3 * c + d) / 8]],
    ['mean, skip', { absent: 'skip' }, [(3 * a + 3 * c + d) / 7]],
    ['mean, zero', { absent: 'zero' }, [(3 * a + 3 * c + d) / 8]],
    ['mean per batch', { per: 'batch' }, [(3 * (0.5 / 3.5) + 0.25) / 4]],
    ['class-mean, skip', { absent: 'skip', reduction: 'class-mean' }, [a, (3 * c + d) / 4]],
    [
      'class-then-sample, skip',
      { absent: 'skip', reduction: 'class-then-sample' },
      [(a + (3 * c + d) / 4) / 2],
    ],
    [
      'sample-then-class, skip',
      { absent: 'skip', reduction: 'sample-then-class' },
      [((3 * (a + c)) / 2 + d) / 4],
    ],
  ])('weighted-mean: %s', (_name, choice, expected) => {
    expectClose(onCells({ ...given('loss', 'weighted-mean'), ...choice }).loss.data, expected);
  });

  it('weighted-mean over classes that weigh nothing is 0', () => {
    const weights = { kind: 'given', values: [0, 1], normalise: 'weighted-mean' } as const;
    const { loss } = onCells({ weights, absent: 'skip', reduction: 'class-mean' });
    expectClose(loss.data, [0, d]);
  });
});

it('weighs the cells of an unreduced loss by the cotangent', () => {
  const terms = [overlap({ reduction: 'none' })];
  const one = (at: number): readonly number[] => [0, 1, 2, 3].map((cell) => (cell === at ? 1 : 0));
  const gradients = [0, 1, 2, 3].map(
    (at) =>
      evaluate({ target: 'soft', terms }, { ...cells, cotangent: tensor([2, 2], one(at)) }).gradient
        .data,
  );
  gradients.forEach((gradient, at) => {
    expect(Array.from(gradient, (value) => value !== 0)).toEqual(
      one(at).map((value, cell) => value === 1 && cell !== 1),
    );
  });
});
