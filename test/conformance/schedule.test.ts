import {
  coefficientInput,
  execute,
  finish,
  type NamedArray,
  opTable,
  type Program,
  type Schedule,
  type Sweep,
  scheduleOf,
  sizeOf,
  sweeps,
} from '@softdice/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '../arbitraries/batch.js';
import type { Bounded } from '../tolerance/bounded.js';
import { float64 } from '../tolerance/precision.js';
import { boundsOf, namedInputs, programOf } from './bounds.js';
import { disagreement } from './compare.js';

type Arrays = Readonly<Record<string, NamedArray | undefined>>;

/** Sizes alone, as what has no voxels may know of the inputs. */
function sizesOf(inputs: Arrays): Arrays {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, array]) => [
      name,
      array && { ...array, data: new Float64Array(0) },
    ]),
  );
}

/** What a sweep leaves: its sums, by the interpreter, and its gradient. */
function swept(sweep: Sweep, inputs: Arrays, known: Arrays): Arrays {
  const grid = { ...sizesOf(inputs), ...known };
  const values = execute(
    opTable,
    sweep.operands.map(({ node }) => node),
    (name) => grid[name],
  );
  const operands = Object.fromEntries(
    sweep.operands.map(({ name }, at) => [name, values[at]] as const),
  );
  const wanted = [
    ...sweep.sums.map(({ node }) => node),
    ...(sweep.gradient ? [sweep.gradient] : []),
  ];
  const found = execute(opTable, wanted, (name) => operands[name] ?? inputs[name]);
  const sums = sweep.sums.map(({ name }, at) => [name, overVoxels(found[at])] as const);
  return {
    ...known,
    ...Object.fromEntries(sums),
    ...(sweep.gradient ? { gradient: found.at(-1) } : {}),
  };
}

function overVoxels(array: NamedArray | undefined): NamedArray | undefined {
  if (array === undefined) return undefined;
  const voxels = sizeOf(array, 'voxel');
  const data = Float64Array.from({ length: array.data.length / voxels }, (_, at) =>
    array.data.slice(at * voxels, (at + 1) * voxels).reduce((sum, value) => sum + value, 0),
  );
  return { axes: array.axes.slice(0, -1), shape: array.shape.slice(0, -1), data };
}

function bySchedule(program: Program, { forward, statistics, backward }: Schedule, inputs: Arrays) {
  const sums = forward.reduce<Arrays>((known, sweep) => swept(sweep, inputs, known), {});
  const grid = { ...sizesOf(inputs), ...sums };
  const values = execute(
    opTable,
    statistics.map(({ node }) => node),
    (name) => grid[name],
  );
  const named = Object.fromEntries(
    statistics.flatMap(({ name }, at) => {
      const value = values[at];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
  const finished = finish(program, named);
  const factors = Object.fromEntries(
    Object.entries(finished.coefficients).map(([name, value]) => [coefficientInput(name), value]),
  );
  const { gradient } = backward.reduce<Arrays>((known, sweep) => swept(sweep, inputs, known), {
    ...sums,
    ...factors,
  });
  return { loss: finished.loss, gradient };
}

/** How far a value is from that of the program, in the float64 bounds of both. */
function inBounds(received: NamedArray | undefined, expected: NamedArray, bound: Bounded): number {
  if (received === undefined) throw new Error('a schedule without a value');
  expect([received.axes, received.shape]).toEqual([expected.axes, expected.shape]);
  return disagreement('value', received, expected, bound, bound).inBounds;
}

describe('a schedule', () => {
  it('means what its program means (300 cases)', () => {
    let planned = 0;
    fc.assert(
      fc.property(cases(), (drawn) => {
        const program = programOf(drawn);
        const schedule = scheduleOf(program);
        if ('reason' in schedule) return;
        planned += 1;
        const inputs = namedInputs(drawn);
        const one = { axes: [], shape: [], data: Float64Array.of(1) };
        const [loss, gradient] = execute(
          opTable,
          [program.whole.loss, program.whole.gradient],
          (name) => (name === 'cotangent' ? one : inputs[name]),
        );
        const found = bySchedule(program, schedule, inputs);
        if (loss === undefined || gradient === undefined) throw new Error('a program has both');
        // A sum of voxels without compensation, and a softmax by its reciprocal, round otherwise.
        const bounds = boundsOf(drawn, float64);
        expect(inBounds(found.loss, loss, bounds.loss)).toBeLessThanOrEqual(1);
        expect(inBounds(found.gradient, gradient, bounds.gradient)).toBeLessThanOrEqual(1);
      }),
      { numRuns: 300, seed: 4 },
    );
    expect(planned).toBeGreaterThan(200);
  });

  it('sweeps as often as the expressions say', () => {
    fc.assert(
      fc.property(cases(), (drawn) => {
        const { statistics, pullback, ...program } = programOf(drawn);
        const schedule = scheduleOf({ statistics, pullback, ...program });
        if ('reason' in schedule) return;
        const most = Math.max(...statistics.map(({ node }) => sweeps(node)));
        expect(schedule.forward.length).toBe(most);
        expect(schedule.backward.length).toBeLessThanOrEqual(sweeps(pullback));
      }),
      { numRuns: 100, seed: 5 },
    );
  });
});
