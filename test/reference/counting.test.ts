import { type Evaluation, evaluate } from '@softdice/reference';
import { describe, expect, it } from 'vitest';
import { expectClose, overlap, type TermChoice, tensor } from './cases.js';

/** One channel of three voxels, p = 0.5, 0.25, 0.75 and t = 1, 0.5, 0.75. */
function onSoft(counting: TermChoice['counting'] & {}): Evaluation {
  return evaluate(
    { target: 'soft', terms: [overlap({ counting, reduction: 'sum' })] },
    {
      prediction: tensor([1, 1, 3], [0.5, 0.25, 0.75]),
      target: tensor([1, 1, 3], [1, 0.5, 0.75]),
    },
  );
}

function sums({ statistics }: Evaluation): Record<string, number | undefined> {
  return Object.fromEntries(Object.entries(statistics).map(([name, { data }]) => [name, data[0]]));
}

/** Gradient of 1 - 2I/D by p from dI/dp and dD/dp. */
function diceSlopes(I: number, D: number, byI: number[], byD: number[]): number[] {
  return byI.map((slope, at) => -(2 * slope * D - 2 * I * (byD[at] ?? 0)) / D ** 2);
}

describe('counting', () => {
  it('product: I = Σ p t', () => {
    const result = onSoft('product');
    expect(sums(result)).toEqual({ 'dice.I': 1.1875, 'dice.P': 1.5, 'dice.T': 2.25 });
    expectClose(result.gradient.data, diceSlopes(1.1875, 3.75, [1, 0.5, 0.75], [1, 1, 1]));
  });

  it('minimum: I = Σ min(p, t), half the slope at a tie', () => {
    const result = onSoft('minimum');
    expect(sums(result)).toEqual({ 'dice.I': 1.5, 'dice.P': 1.5, 'dice.T': 2.25 });
    expectClose(result.gradient.data, diceSlopes(1.5, 3.75, [1, 1, 0.5], [1, 1, 1]));
  });

  it('power: P = Σ p^k, T = Σ t^k', () => {
    const result = onSoft({ kind: 'power', exponent: 3 });
    const P = 0.125 + 0.015625 + 0.421875;
    const T = 1 + 0.125 + 0.421875;
    expect(sums(result)).toEqual({ 'dice.I': 1.1875, 'dice.P': P, 'dice.T': T });
    const byD = [0.75, 0.1875, 1.6875];
    expectClose(result.gradient.data, diceSlopes(1.1875, P + T, [1, 0.5, 0.75], byD));
  });

  it('squared errors: each of true and false positives and false negatives squared', () => {
    const result = onSoft('squared-errors');
    const I = 0.25 + 0.015625 + 0.5625 ** 2;
    const FP = 0 + 0.015625 + 0.1875 ** 2;
    const FN = 0.25 + 0.375 ** 2 + 0.1875 ** 2;
    expect(sums(result)).toEqual({ 'dice.I': I, 'dice.FP': FP, 'dice.FN': FN });
    expectClose(result.loss.data, [1 - (2 * I) / (2 * I + FP + FN)]);
    const byI = [1, 0.125, 1.5 * 0.5625];
    const byFP = [0, 0.125, 1.5 * 0.0625];
    const byFN = [-1, -1.5 * 0.25, -0.5 * 0.5625];
    const byD = byI.map((slope, at) => 2 * slope + (byFP[at] ?? 0) + (byFN[at] ?? 0));
    expectClose(result.gradient.data, diceSlopes(I, 2 * I + FP + FN, byI, byD));
  });

  it('noise-robust: I = (P + T - Σ |p - t|^g) / 2, with P + T - 2 I = Σ |p - t|^g', () => {
    const result = onSoft({ kind: 'noise-robust', exponent: 1.5 });
    const errors = 0.5 ** 1.5 + 0.125;
    expectClose(
      Object.values(sums(result)).map((sum) => sum ?? Number.NaN),
      [(3.75 - errors) / 2, 1.5, 2.25],
    );
    expectClose(result.loss.data, [errors / 3.75]);
    const byI = [(1 + 1.5 * 0.5 ** 0.5) / 2, (1 + 1.5 * 0.5) / 2, 0.5];
    expectClose(result.gradient.data, diceSlopes((3.75 - errors) / 2, 3.75, byI, [1, 1, 1]));
  });

  it('loses nothing to rounding in long sums', () => {
    const count = 300_001;
    const data = Array.from({ length: count }, (_, at) => (at === 0 ? 1e9 : 0.1));
    const { statistics } = evaluate(
      { target: 'binary', terms: [overlap()] },
      {
        prediction: tensor([1, 1, count], data),
        target: tensor(
          [1, count],
          Array.from({ length: count }, () => 1),
        ),
      },
    );
    expect(statistics['dice.P']?.data[0]).toBe(1e9 + 30_000);
  });
});
