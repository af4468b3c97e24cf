import { evaluate } from '@softdice/reference';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases, stream } from '../arbitraries/batch.js';
import { boundsOf } from '../conformance/bounds.js';
import { disagreements } from '../conformance/compare.js';
import type { Outcome } from '../conformance/target.js';
import { float32 } from './precision.js';

const parts = ['loss', 'scores', 'gradient'] as const;

/** The outcome with one element of one part changed. */
function altered(outcome: Outcome, part: (typeof parts)[number], at: number, to: number): Outcome {
  const { shape, data } = outcome[part];
  const changed = Float64Array.from(data, (value, index) => (index === at ? to : value));
  return { ...outcome, [part]: { shape, data: changed } };
}

describe('an error of ten float32 bounds in one element', () => {
  it.each(parts)('is caught, there and nowhere else: %s', (part) => {
    let judged = 0;
    fc.assert(
      fc.property(cases(), fc.integer({ min: 1, max: 2 ** 30 }), (drawn, seed) => {
        const random = stream(seed);
        const outcome: Outcome = evaluate(drawn.spec, drawn.batch);
        const bounds = boundsOf(drawn, float32);
        const at = Math.floor(random() * outcome[part].data.length);
        const bound = bounds[part].error[at] ?? Number.NaN;
        const value = outcome[part].data[at] ?? Number.NaN;
        const wrong = value + 10 * (random() < 0.5 ? -bound : bound);
        // Nothing is ten times as much as an infinite bound, or as no error; they are counted below.
        if (!Number.isFinite(wrong) || wrong === value) return;
        judged += 1;
        const found = disagreements(altered(outcome, part, at, wrong), outcome, bounds);
        expect(found.filter(({ inBounds }) => inBounds > 1).map(({ what }) => what)).toEqual([
          part,
        ]);
      }),
      { numRuns: 100, seed: 10 },
    );
    expect(judged).toBeGreaterThan(40);
  });
});

function largest(data: ArrayLike<number>): number {
  return Array.from(data).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
}

describe('float32 bounds are not vacuous', () => {
  const judged = fc.sample(cases(), { numRuns: 500, seed: 500 }).map((drawn) => ({
    outcome: evaluate(drawn.spec, drawn.batch),
    bounds: boundsOf(drawn, float32),
  }));
  // The errors of losses and scores are of the order of 1, a gradient is measured against itself.
  const limits = {
    loss: { unit: 1, least: 0, median: 3e-6 },
    scores: { unit: 1, least: 0, median: 2e-6 },
    gradient: { unit: 0, least: 1e-6, median: 3e-5 },
  };

  it.each(parts)('%s', (part) => {
    const { unit, least, median } = limits[part];
    const ratios = judged.flatMap(({ outcome, bounds }) => {
      const size = largest(outcome[part].data);
      return size < least ? [] : [largest(bounds[part].error) / Math.max(size, unit)];
    });
    const infinite = judged.filter(({ bounds }) => largest(bounds[part].error) === Infinity);
    const share = infinite.length / judged.length;
    const [half, most] = [quantile(ratios, 0.5), quantile(ratios, 0.75)];
    console.log(
      `float32 bounds of ${part}, relative: median ${half.toExponential(1)}, ` +
        `third quartile ${most.toExponential(1)}, infinite ${(100 * share).toFixed(1)} %`,
    );
    expect(half).toBeLessThan(median);
    expect(most).toBeLessThan(1e-4);
    expect(share).toBeLessThan(0.01);
  });
});
