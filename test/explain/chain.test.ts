import {
  checkInputs,
  compile,
  dice,
  explain,
  filled,
  finish,
  type LossSpec,
  type OverlapOptions,
  planOf,
} from '@softdice/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases, stream } from '../arbitraries/batch.js';
import { run, seed, withoutActivation } from './run.js';

/** d loss / d I of one cell with I voxels in common of 4 and 4. */
function slope(options: OverlapOptions, common: number): number {
  const spec = dice({ reduction: 'none', ...options });
  const cell = (value: number) => filled(['sample', 'class'], [1, 1], () => value);
  const { coefficients } = finish(compile(spec), {
    'dice.I': cell(common),
    'dice.P': cell(4),
    'dice.T': cell(4),
  });
  return coefficients['dice.I']?.data[0] ?? Number.NaN;
}

const text = (options: OverlapOptions): string => explain(dice(options)).gradient.cell;

describe('the chain from p to loss and from p to logits', () => {
  const chains = [
    ['complement', 'falls by 1 per', () => 1],
    ['negative', 'falls by 1 per', () => 1],
    ['log', 'falls by 1 / (s) per', (s: number) => 1 / s],
    ['log-cosh', 'falls by tanh(1 - s) per', (s: number) => Math.tanh(1 - s)],
    [
      { kind: 'log', scale: 0.99, offset: 0.005 },
      'falls by 0.99 / (0.99 s + 5e-3) per',
      (s: number) => 0.99 / (0.99 * s + 0.005),
    ],
    [
      { kind: 'power-complement', exponent: 0.25 },
      'falls by 0.25 s^(-0.75) per',
      (s: number) => 0.25 * s ** -0.75,
    ],
    ['penalty', 'falls by 3.5 / (1 + 2.5 s)^2 per', (s: number) => 3.5 / (1 + 2.5 * s) ** 2],
    [
      { kind: 'penalty', of: 'negative', strength: 2 },
      'falls by 3 / (1 + 2 (1 + s))^2 per',
      (s: number) => 3 / (1 + 2 * (1 + s)) ** 2,
    ],
  ] as const;
  for (const [transform, stated, fall] of chains) {
    it(`is what the explanation says: ${JSON.stringify(transform)}`, () => {
      expect(text({ transform })).toContain(stated);
      for (const common of [0.1, 1, 2.5, 3.9]) {
        const s = (2 * common + 1e-5) / (8 + 1e-5);
        const scores = slope({ transform: 'negative' }, common);
        expect(slope({ transform }, common) / scores / fall(s)).toBeCloseTo(1, 9);
      }
    });
  }

  it('is what the explanation says: powers, and W6 their largest factor', () => {
    const power = { cell: 0.5, floor: 1e-4 };
    expect(text({ power })).toContain('times 0.5 l^(-0.5), 0 below the floor 1e-4');
    const factor = (common: number): number => slope({ power }, common) / slope({}, common);
    const loss = 1 - (2 * 3 + 1e-5) / (8 + 1e-5);
    expect(factor(3)).toBeCloseTo(0.5 * loss ** -0.5, 9);
    expect(factor(4)).toBe(0);
    const { warnings } = explain(dice({ power }));
    const reason = warnings.find(({ number }) => number === 'W6')?.reason ?? '';
    expect(Number(/up to (\S+) times/.exec(reason)?.[1])).toBe(50);
    expect(factor(4 - 4.001e-4)).toBeCloseTo(50, 0);
  });

  it('to logits is that of softmax and sigmoid (150 random cases)', () => {
    // A masked logit of 0 is no p of 0.
    const logits = cases({ values: ['moderate'] }).filter(
      ({ plan }) =>
        plan.voxels.kind !== 'masked-inputs' &&
        plan.terms.every(({ activation }) => activation === plan.terms[0]?.activation),
    );
    fc.assert(
      fc.property(logits, fc.integer({ min: 1, max: 2 ** 30 }), ({ spec, plan, batch }, choice) => {
        const activation = plan.terms[0]?.activation ?? 'none';
        if (activation === 'none') return;
        const { shape } = batch.prediction;
        const [, channels = 1, ...spatial] = shape;
        const voxels = spatial.reduce((product, size) => product * size, 1);
        const random = stream(choice);
        const z = batch.prediction.data.map(() => 4 * random() - 2);
        const first = (at: number): number => at - voxels * (Math.floor(at / voxels) % channels);
        const others = (at: number): readonly number[] =>
          Array.from({ length: channels }, (_, channel) => first(at) + channel * voxels);
        const sum = (x: readonly number[]): number => x.reduce((total, one) => total + one, 0);
        const p = z.map((value, at) =>
          activation === 'sigmoid'
            ? 1 / (1 + Math.exp(-value))
            : Math.exp(value) / sum(others(at).map((other) => Math.exp(z[other] ?? 0))),
        );
        const bare: LossSpec = withoutActivation(spec);
        const g = run(bare, { ...batch, prediction: { shape, data: p } }).gradient;
        const own = run(spec, { ...batch, prediction: { shape, data: z } }).gradient;
        own.forEach((received, at) => {
          const [pk = 0, gk = 0] = [p[at], g[at]];
          const mean = sum(others(at).map((other) => (p[other] ?? 0) * (g[other] ?? 0)));
          const expected = activation === 'sigmoid' ? pk * (1 - pk) * gk : pk * (gk - mean);
          const size = Math.max(...others(at).map((other) => Math.abs(g[other] ?? 0)));
          expect(Math.abs(received - expected)).toBeLessThanOrEqual(1e-7 * (1 + size));
        });
        const { prediction } = explain(spec).gradient;
        expect(prediction).toContain(
          activation === 'sigmoid' ? 'p (1 - p)' : 'p_k (g_k - sum of p_j g_j)',
        );
      }),
      { numRuns: 150, seed },
    );
  });

  it('W4 is true: labels with one channel are refused, and accepted as binary', () => {
    const shapes = { prediction: [1, 1, 4], target: [1, 4] };
    const plan = (target: 'labels' | 'binary') => planOf(dice({ target, activation: 'sigmoid' }));
    expect(() => checkInputs(plan('labels'), shapes)).toThrow();
    expect(() => checkInputs(plan('binary'), shapes)).not.toThrow();
  });
});
