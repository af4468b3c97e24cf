import {
  channelUse,
  dice,
  explain,
  jaccard,
  type LossSpec,
  parseSpec,
  planOf,
  tversky,
} from '@softdice/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Batch, type Case, cases, stream } from '../arbitraries/batch.js';
import { specs } from '../arbitraries/spec.js';
import { firstOverlap, under } from '../conformance/one-term.js';
import { numberOf } from './read-formula.js';
import { encodedTarget, mergesSoftTarget, run, seed, withoutActivation } from './run.js';

/** Cases over probabilities, of a target kind or any but soft. */
const probabilities = (target: 'hard' | 'soft'): fc.Arbitrary<Case> =>
  cases({
    spec: (channels) =>
      specs(channels)
        .map(withoutActivation)
        .map((spec): LossSpec => {
          const { rescale: _, ...rest } = spec;
          return target === 'soft' ? { ...rest, target: 'soft' } : rest;
        })
        .filter(
          (spec) => isValid(spec) && (planOf(spec).target.kind === 'soft') === (target === 'soft'),
        ),
  });

function isValid(spec: LossSpec): boolean {
  try {
    parseSpec(spec);
    return true;
  } catch {
    return false;
  }
}

const predicting = (drawn: Case, data: readonly number[]): Batch => ({
  ...drawn.batch,
  prediction: { ...drawn.batch.prediction, data },
});

const total = (entries: readonly number[]): number => entries.reduce((sum, x) => sum + x, 0);

/** A rounding of a few float64 steps. */
const near = (loss: number): number => 1e-9 * (1 + Math.abs(loss));

for (const target of ['hard', 'soft'] as const) {
  describe(`the minimiser for ${target} targets`, () => {
    it('is p = t where it says so (300 random cases)', () => {
      let claimed = 0;
      fc.assert(
        fc.property(probabilities(target), (drawn) => {
          fc.pre(!mergesSoftTarget(drawn));
          if (!explain(drawn.spec).minimiser[target].startsWith('p = t')) return;
          claimed += 1;
          const perfect = run(drawn.spec, predicting(drawn, encodedTarget(drawn).data)).loss;
          const other = run(drawn.spec, drawn.batch).loss;
          perfect.forEach((loss, at) => {
            expect(loss).toBeLessThanOrEqual((other[at] ?? Number.NaN) + near(loss));
          });
        }),
        { numRuns: 300, seed },
      );
      expect(claimed).toBeGreaterThan(target === 'hard' ? 50 : 10);
    });
  });
}

describe('the minimiser of product counting for soft targets', () => {
  /** One sample of 1 to 2 channels and 1 to 3 voxels: all vertices can be tried. */
  const tiny = probabilities('soft')
    .filter(({ plan }) => plan.terms.length === 1 && plan.terms[0]?.kind === 'overlap')
    .map((drawn): Case => {
      const term = { ...firstOverlap(planOf(drawn.spec)), counting: 'product' as const };
      const spec = { ...drawn.spec, terms: [term] };
      return isValid(spec) ? under(drawn, spec) : drawn;
    })
    .filter(({ batch, plan }) => {
      const small = batch.prediction.data.length <= 6;
      return small && plan.terms.every((term) => channelUse(term).classes.kind !== 'regions');
    });

  const least = (drawn: Case): { readonly loss: number; readonly at: readonly number[] } => {
    const size = drawn.batch.prediction.data.length;
    const vertices = Array.from({ length: 2 ** size }, (_, bits) =>
      Array.from({ length: size }, (_, at) => (bits >> at) & 1),
    );
    return vertices
      .map((at) => ({ loss: total(run(drawn.spec, predicting(drawn, at)).loss), at }))
      .reduce((best, one) => (one.loss < best.loss ? one : best));
  };

  it('is 0 or 1 everywhere where it says so (80 random cases)', () => {
    let claimed = 0;
    fc.assert(
      fc.property(tiny, fc.integer({ min: 1, max: 2 ** 30 }), (drawn, choice) => {
        if (!explain(drawn.spec).minimiser.soft.startsWith('not p = t: every p is pushed')) return;
        claimed += 1;
        const random = stream(choice);
        const { loss } = least(drawn);
        const inner = drawn.batch.prediction.data.map(random);
        for (const data of [inner, drawn.batch.prediction.data, drawn.batch.target.data]) {
          const other = total(run(drawn.spec, predicting(drawn, data)).loss);
          expect(loss).toBeLessThanOrEqual(other + near(other));
        }
      }),
      { numRuns: 80, seed },
    );
    expect(claimed).toBeGreaterThan(20);
  });

  it('is 1 above the threshold that it states (100 random losses)', () => {
    const weight = fc.integer({ min: 0, max: 8 }).map((n) => n / 4);
    const losses = fc.oneof(
      fc.constantFrom(dice({ target: 'soft' }), jaccard({ target: 'soft' })),
      fc
        .record({ alpha: weight, beta: weight })
        .filter(({ alpha, beta }) => alpha + beta > 0)
        .map((weights) => tversky({ ...weights, target: 'soft' })),
    );
    const targets = fc.array(fc.integer({ min: 0, max: 16 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(losses, targets, (spec, sixteenths) => {
        const data = sixteenths.map((n) => n / 16);
        const shape = [1, 1, data.length];
        const batch = { prediction: { shape, data }, target: { shape, data } };
        const drawn = { spec, plan: planOf(spec), batch } as unknown as Case;
        const { at } = least(drawn);
        const { scores } = run(spec, predicting(drawn, at));
        const text = explain(spec).minimiser.soft;
        const threshold = text.endsWith('to 1 wherever t > 0')
          ? 0
          : numberOf(/where t > (.*), with/.exec(text)?.[1] ?? '', { s: scores[0] ?? Number.NaN });
        data.forEach((t, voxel) => {
          if (Math.abs(t - threshold) > 1e-4) expect(at[voxel]).toBe(t > threshold ? 1 : 0);
        });
      }),
      { numRuns: 100, seed },
    );
  });
});

const at = (losses: readonly number[], p: number): number =>
  losses[Math.round(p * 1000) - 1] ?? Number.NaN;

describe('the minimiser of powers for hard targets', () => {
  it('is the p inside that it states (60 random losses)', () => {
    const losses = fc
      .record({
        alpha: fc.integer({ min: 0, max: 4 }).map((n) => n / 4),
        exponent: fc.constantFrom(1.5, 2, 3, 6),
      })
      .map(({ alpha, exponent }) =>
        tversky({
          alpha,
          beta: 1 - alpha,
          counting: { kind: 'power', exponent },
          smoothing: { numerator: 0, denominator: 1e-12 },
          reduction: 'none',
        }),
      );
    fc.assert(
      fc.property(losses, (spec) => {
        // One sample per p, the same p at the only voxel inside.
        const grid = Array.from({ length: 1000 }, (_, at) => (at + 1) / 1000);
        const shape = [grid.length, 1, 2];
        const planes = (inside: (p: number) => number): Batch['target'] => ({
          shape,
          data: grid.flatMap((p) => [inside(p), 0]),
        });
        const { loss } = run(spec, { prediction: planes((p) => p), target: planes(() => 1) });
        const found = grid.reduce((best, p) => (at(loss, p) < at(loss, best) - 1e-9 ? p : best));
        const { hard } = explain(spec).minimiser;
        const stated = hard === 'p = t' ? 1 : Number(/p = (\S+) inside/.exec(hard)?.[1]);
        // Where it is 0, smoothing keeps it at the p with p^k near d.
        expect(Math.abs(found - stated)).toBeLessThanOrEqual(stated === 0 ? 0.01 : 0.0021);
      }),
      { numRuns: 60, seed },
    );
  });

  it('is not p = t where errors of squared counting or large smoothing say so', () => {
    const shape = [1, 1, 1];
    const loss = (spec: LossSpec, p: number, t: number): number =>
      total(run(spec, { prediction: { shape, data: [p] }, target: { shape, data: [t] } }).loss);
    const squared = dice({ target: 'soft', counting: 'squared-errors' });
    expect(explain(squared).minimiser.soft).toMatch(/^not p = t/);
    expect(loss(squared, 1, 0.5)).toBeLessThan(loss(squared, 0.5, 0.5));
    const smooth = dice({ smoothing: { numerator: 10 } });
    expect(explain(smooth).minimiser.hard).toMatch(/^not p = t for every target/);
    expect(loss(smooth, 0, 1)).toBeLessThan(loss(smooth, 1, 1));
    const cubes = dice({ target: 'soft', counting: { kind: 'power', exponent: 1.5 } });
    expect(explain(cubes).minimiser.soft).toMatch(/^not p = t/);
    expect(loss(cubes, 0.6, 0.5)).toBeLessThan(loss(cubes, 0.5, 0.5));
  });
});
