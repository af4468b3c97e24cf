import { execute, looksAtNeighbours } from '@softdice/core';
import { evaluate } from '@softdice/reference';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Case, cases, stream, type Tensor } from '../arbitraries/batch.js';
import { float64 } from '../tolerance/precision.js';
import { boundsOf, namedInputs, opsOf, programOf } from './bounds.js';
import { interpreter } from './interpreter.js';

interface Judge {
  readonly name: string;
  /** Sum of the loss over its cells, for a prediction. */
  readonly loss: (drawn: Case) => (prediction: Tensor) => number;
  readonly gradient: (drawn: Case) => Promise<ArrayLike<number>>;
}

const total = (data: ArrayLike<number>): number =>
  Array.from(data).reduce((sum, value) => sum + value, 0);

const judges: readonly Judge[] = [
  {
    name: 'reference',
    loss:
      ({ spec, batch }) =>
      (prediction) =>
        total(evaluate(spec, { ...batch, prediction }).loss.data),
    gradient: async ({ spec, batch }) => evaluate(spec, batch).gradient.data,
  },
  {
    name: 'core interpreter',
    loss: ({ spec, plan, batch }) => {
      const { loss } = programOf({ spec, batch }).whole;
      return (prediction) => {
        const inputs = namedInputs({ plan, batch: { ...batch, prediction } });
        const [value] = execute(opsOf(batch), [loss], (name) => inputs[name]);
        return total(value?.data ?? []);
      };
    },
    gradient: async ({ spec, batch }) => (await interpreter.evaluate(spec, batch)).gradient.data,
  },
];

/** A difference quotient, and how far it may be off by truncation and rounding. */
interface Slope {
  readonly value: number;
  readonly error: number;
}

/**
 * Central differences of two steps, extrapolated; their disagreement bounds what truncation leaves.
 * Undefined where the two sides differ more than curvature explains: a kink lies within a step.
 */
function slopeAt(along: (step: number) => number, roundoff: number): Slope | undefined {
  const [large, small] = [1e-3, 5e-4];
  const centre = along(0);
  const [up, down, upper, lower] = [along(small), along(-small), along(large), along(-large)];
  const [fine, coarse] = [(up - down) / (2 * small), (upper - lower) / (2 * large)];
  const value = (4 * fine - coarse) / 3;
  const rounding = (roundoff + 2 ** -50 * Math.abs(centre)) / small;
  // Without a kink the sides differ by curvature, which is twice as much for a step twice as large.
  const bend = (up + down - 2 * centre) / small;
  const bendOfLarge = (upper + lower - 2 * centre) / large;
  const scale = Math.abs(fine) + Math.abs(coarse) + Math.abs(bend) + 100 * rounding;
  const kink = Math.abs(bendOfLarge - 2 * bend);
  if (kink > 1e-3 * scale) return undefined;
  // A kink too small for that, beside other slopes, leaves at most its own size.
  // Where only the curvature jumps, as in max(0, x)^2, 2/3 of what the two steps differ by is left.
  return { value, error: Math.abs(fine - coarse) + kink + 2 * rounding };
}

describe.each(judges)('the gradient of the $name', ({ loss, gradient }) => {
  const runs = 300;
  it(`is the slope of its loss in a random direction (${runs} cases)`, async () => {
    let [kinks, flat, sharp] = [0, 0, 0];
    // A flat map is at the kink of every relu in its skeleton, whose derivative there is 0, as torch
    // has it, and not the mean of both sides that a central difference finds.
    const moderate = cases({ values: ['moderate', 'flat'] }).filter(
      ({ plan, drawn }) => drawn.values !== 'flat' || !looksAtNeighbours(plan),
    );
    await fc.assert(
      fc.asyncProperty(moderate, fc.integer({ min: 1, max: 2 ** 30 }), async (drawn, seed) => {
        const random = stream(seed);
        const { shape, data } = drawn.batch.prediction;
        const direction = data.map(() => 2 * random() - 1);
        const value = loss(drawn);
        const moved = (step: number): Tensor => ({
          shape,
          data: data.map((x, at) => x + step * (direction[at] ?? 0)),
        });
        const roundoff = total(boundsOf(drawn, float64).loss.error);
        const slope = slopeAt((step) => value(moved(step)), roundoff);
        if (slope === undefined) {
          kinks += 1;
          return;
        }
        const slopes = Array.from(await gradient(drawn), (part, at) => part * (direction[at] ?? 0));
        const expected = total(slopes);
        expect(Math.abs(slope.value - expected)).toBeLessThanOrEqual(
          slope.error + 1e-7 * Math.abs(expected),
        );
        if (expected === 0) flat += 1;
        if (slope.error < 1e-5 * Math.abs(expected)) sharp += 1;
      }),
      { numRuns: runs, seed: 9 },
    );
    console.log(
      `of ${runs} draws ${kinks} within a step of a kink, ${flat} with gradient 0, ` +
        `${sharp} compared to 1e-5 or better`,
    );
    expect(kinks / runs).toBeLessThan(0.05);
    // A slope that is off by no more than its own error says little: most must say more.
    expect(sharp / (runs - kinks - flat)).toBeGreaterThan(0.6);
  });
});
