import {
  dice,
  explain,
  generalizedDice,
  type LossSpec,
  type OverlapOptions,
  softDice,
  tversky,
  vnet,
} from '@softdice/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '../arbitraries/batch.js';
import { overlapSpecs, specs } from '../arbitraries/spec.js';
import { oneTerm } from '../conformance/one-term.js';
import { encodedTarget, onlyTerm, run, seed } from './run.js';
import { table, usual } from './warning-examples.js';

const numbers = (spec: LossSpec): readonly string[] =>
  explain(spec).warnings.map(({ number }) => number);

describe('the warnings', () => {
  for (const [number, { with: having, without }] of Object.entries(table)) {
    it(`${number} is given where it applies, and not nearby`, () => {
      for (const spec of having) expect(numbers(spec)).toContain(number);
      for (const spec of without) expect(numbers(spec)).not.toContain(number);
    });
  }

  it('are none for usual losses', () => {
    expect(numbers(dice(usual))).toEqual([]);
    expect(numbers(dice({ ...usual, classes: 'foreground', absent: 'skip' }))).toEqual([]);
    expect(numbers(generalizedDice(usual))).toEqual([]);
    expect(numbers(softDice({ activation: 'sigmoid' }))).toEqual([]);
    expect(numbers(vnet({ target: 'binary', activation: 'sigmoid' }))).toEqual([]);
  });

  it('name the term only where there are several, and come by number (300 random losses)', () => {
    const order = Object.keys(table);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }).chain(specs), (spec) => {
        const { warnings } = explain(spec);
        const places = warnings.map(({ number }) => order.indexOf(number));
        expect(places).toEqual([...places].sort((a, b) => a - b));
        expect(places).not.toContain(-1);
        for (const { term, reason, fix } of warnings) {
          expect(term !== undefined).toBe(spec.terms.length > 1);
          expect(reason).toMatch(/^[A-Z].*\.$/);
          expect(fix).not.toMatch(/\.$/);
        }
      }),
      { numRuns: 300, seed },
    );
  });

  it('W2 and W10 state the scores of missed and absent classes', () => {
    const plane = (data: readonly number[]) => ({ shape: [1, 1, 10], data });
    const zeros = Array.from({ length: 10 }, () => 0);
    const score = (spec: LossSpec, target: readonly number[]): number =>
      run(spec, { prediction: plane(zeros), target: plane(target) }).scores[0] ?? Number.NaN;
    const stated = (spec: LossSpec, number: string): number => {
      const reason = explain(spec).warnings.find((one) => one.number === number)?.reason ?? '';
      return Number(/scores (\d[\d.e]*)[, ]/.exec(reason)?.[1]);
    };
    for (const spec of [
      dice({ smoothing: { numerator: 2, denominator: 3 } }),
      tversky({ smoothing: { numerator: 1, denominator: 1 }, beta: 0.2 }),
      vnet({ smoothing: { numerator: 4, denominator: 1, floor: 20 } }),
    ]) {
      const missed = score(
        spec,
        zeros.map(() => 1),
      );
      expect(stated(spec, 'W2') / missed).toBeCloseTo(1, 2);
    }
    const above = dice({ smoothing: { numerator: 3, denominator: 2 } });
    expect(stated(above, 'W10') / score(above, zeros)).toBeCloseTo(1, 2);
  });

  it('W3 and W7 are true: such classes have no gradient (300 random cases)', () => {
    let claimed = 0;
    const likely = oneTerm(
      (term) => ({
        ...term,
        activation: 'none',
        smoothing: { ...(term.smoothing ?? {}), numerator: 0 },
      }),
      { values: ['moderate'], channels: fc.integer({ min: 2, max: 3 }) },
    );
    fc.assert(
      fc.property(likely, (drawn) => {
        const found = numbers(drawn.spec);
        const { classes = 'all', per = 'image', absent = 'keep' } = onlyTerm(drawn.spec);
        const regional = typeof classes === 'object' && classes.kind === 'regions';
        if (regional || per !== 'image' || drawn.plan.voxels.kind !== 'all') return;
        const mass = found.includes('W3') ? 0 : found.includes('W7') ? thresholdOf(absent) : -1;
        const target = encodedTarget(drawn).data;
        const { gradient } = run(drawn.spec, drawn.batch);
        const [, , ...spatial] = drawn.batch.prediction.shape;
        const voxels = spatial.reduce((product, size) => product * size, 1);
        for (let from = 0; from < target.length; from += voxels) {
          const plane = target.slice(from, from + voxels);
          if (plane.reduce((sum, t) => sum + t, 0) > mass) continue;
          claimed += 1;
          const slopes = gradient.slice(from, from + voxels);
          expect(slopes.every((slope) => Math.abs(slope) === 0)).toBe(true);
        }
      }),
      { numRuns: 300, seed },
    );
    expect(claimed).toBeGreaterThan(20);
  });

  it('W11 is true: such a term is most at p = t (600 random cases)', () => {
    let claimed = 0;
    fc.assert(
      fc.property(cases({ values: ['moderate'], spec: overlapSpecs }), ({ spec, batch }) => {
        const [term] = spec.terms;
        if (!numbers(spec).includes('W11') || spec.terms.length > 1) return;
        claimed += 1;
        const positive = { ...(term as { weight: number }), kind: 'overlap', weight: 1 } as const;
        const flipped = run({ ...spec, terms: [positive] }, batch).gradient;
        run(spec, batch).gradient.forEach((slope, at) => {
          expect(slope * (flipped[at] ?? 0)).toBeLessThanOrEqual(0);
        });
      }),
      { numRuns: 600, seed },
    );
    expect(claimed).toBeGreaterThan(20);
  });
});

function thresholdOf(absent: NonNullable<OverlapOptions['absent']>): number {
  return typeof absent === 'object' && absent.kind !== 'keep' ? (absent.threshold ?? 0) : 0;
}
