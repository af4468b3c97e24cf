import {
  compile,
  explain,
  filled,
  finish,
  type LossSpec,
  type NamedArray,
  type Plan,
  planOf,
} from '@softdice/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '../arbitraries/batch.js';
import { firstOverlap, oneTerm } from '../conformance/one-term.js';
import { mergesSoftTarget, run, seed } from './run.js';

describe('the bounds', () => {
  it('hold (500 random cases)', () => {
    let [bounded, drawnCases] = [0, 0];
    fc.assert(
      fc.property(cases(), (drawn) => {
        fc.pre(!mergesSoftTarget(drawn));
        const { least, most } = explain(drawn.spec).bounds;
        // A cross-entropy of logits has no upper bound.
        if (drawn.plan.terms.every(({ kind }) => kind === 'overlap')) {
          drawnCases += 1;
          if (least !== null && most !== null) bounded += 1;
        }
        // Merged float32 probabilities sum to 1 + 1e-7.
        for (const loss of run(drawn.spec, drawn.batch).loss) {
          if (least !== null) expect(loss).toBeGreaterThanOrEqual(least - slack(least));
          if (most !== null) expect(loss).toBeLessThanOrEqual(most + slack(most));
        }
      }),
      { numRuns: 500, seed },
    );
    expect(bounded / drawnCases).toBeGreaterThan(0.5);
  });

  it('are reached or approached by cells of one class (60 random losses)', () => {
    const plain = oneTerm(
      (term) => ({
        ...term,
        weights: 'none',
        absent: 'keep',
        per: 'image',
        reduction: 'none',
        power: { ...term.power, reduced: 1 },
      }),
      { shared: ({ target = 'one-hot' }) => ({ target, terms: ['overlap'] }) },
    );
    fc.assert(
      fc.property(plain, ({ spec, plan }) => {
        const term = firstOverlap(plan);
        const { least, most } = explain(spec).bounds;
        const losses = [...finish(spec, extremes(plan, term)).loss.data];
        const [low, high] = [Math.min(...losses), Math.max(...losses)];
        if (least === null) expect(low).toBeLessThan(-10);
        else expect(low).toBeLessThanOrEqual(least + 0.08 * (1 + Math.abs(least)));
        if (most === null) expect(high).toBeGreaterThan(10);
        else expect(high).toBeGreaterThanOrEqual(most - 0.08 * (1 + Math.abs(most)));
      }),
      { numRuns: 60, seed },
    );
  });

  it('are null where nothing bounds the loss', () => {
    const { least, most } = explain({ terms: [{ kind: 'overlap', reduction: 'sum' }] }).bounds;
    expect([least, most]).toEqual([0, null]);
  });

  it('of squares and of log', () => {
    const vnetOf = (exponent: number, target: 'one-hot' | 'soft'): LossSpec => ({
      target,
      terms: [{ kind: 'overlap', counting: { kind: 'power', exponent } }],
    });
    expect(explain(vnetOf(2, 'soft')).bounds).toMatchObject({ least: 0, most: 1 });
    expect(explain(vnetOf(4, 'soft')).bounds).toMatchObject({ least: null, most: 1 });
    expect(explain(vnetOf(4, 'one-hot')).bounds.least).toBeCloseTo(1 - 2 / (4 / 3 ** 0.75), 12);
    const log = { kind: 'log', floor: 1e-4 } as const;
    const { least, most } = explain({ terms: [{ kind: 'overlap', transform: log }] }).bounds;
    expect([least, most]).toEqual([-0, -Math.log(1e-4)]);
  });
});

function slack(bound: number): number {
  return 1e-6 * (1 + Math.abs(bound));
}

/** Cells of equal voxels: p and t by size, one cell per sample. */
function extremes(
  plan: Plan,
  term: ReturnType<typeof firstOverlap>,
): Readonly<Record<string, NamedArray>> {
  const soft = plan.target.kind === 'soft';
  const sizes = [0, ...Array.from({ length: 201 }, (_, at) => 10 ** (at / 10 - 8))];
  const tiny = Array.from({ length: 65 }, (_, at) => 10 ** (at / 8 - 9));
  const levels = [...Array.from({ length: 25 }, (_, at) => at / 24), ...tiny];
  const pairs = [
    ...levels.map((p) => [p, 1] as const),
    ...(soft ? levels.map((t) => [1, t] as const) : []),
    ...(soft ? levels.map((x) => [x, x] as const) : []),
    [1, 0] as const,
  ];
  const cells = pairs.flatMap(([p, t]) => sizes.map((size) => ({ p, t, size })));
  const sum = (of: (p: number, t: number) => number): NamedArray =>
    filled(['sample', 'class'], [cells.length, 1], (at) => {
      const { p, t, size } = cells[at] ?? { p: 0, t: 0, size: 0 };
      return size * of(p, t);
    });
  const k = term.counting.kind === 'power' ? term.counting.exponent : 1;
  const square = term.counting.kind === 'squared-errors';
  const symbols: Readonly<Record<string, NamedArray>> = {
    I: sum((p, t) =>
      term.counting.kind === 'noise-robust'
        ? (p + t - Math.abs(p - t) ** term.counting.exponent) / 2
        : term.counting.kind === 'minimum'
          ? Math.min(p, t)
          : square
            ? (p * t) ** 2
            : p * t,
    ),
    P: sum((p) => p ** k),
    T: sum((_, t) => t ** k),
    FP: sum((p, t) => (p * (1 - t)) ** 2),
    FN: sum((p, t) => ((1 - p) * t) ** 2),
  };
  const { statistics } = compile(planOf(plan));
  return Object.fromEntries(
    statistics.map(({ name }) => [
      name,
      symbols[name.slice(name.lastIndexOf('.') + 1)] ?? sum(() => 0),
    ]),
  );
}
