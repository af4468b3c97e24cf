import { builder, execute, filled, type NamedArray, opTable, topCount } from '@softdice/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

function selected(data: readonly number[], perMillion: number): readonly number[] {
  const b = builder();
  const x: NamedArray = filled(['voxel'], [data.length], (at) => data[at] ?? 0);
  const [weights] = execute(opTable, [b.top(b.input('x', ['voxel']), perMillion)], () => x);
  return [...(weights?.data ?? [])];
}

const total = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0);

/** Few different values, so that most draws have ties. */
const values = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 40 });
const share = fc.integer({ min: 1, max: 1_000_000 });

describe('how many are the largest', () => {
  it('is exact for whole sizes', () => {
    // In floating point 100 * 0.29 is below 29.
    expect(topCount(100, 290_000)).toBe(29);
    expect(topCount(192 ** 3, 70_000)).toBe(495_452);
    expect(topCount(1000, 3_000)).toBe(3);
    expect(topCount(7, 1_000_000)).toBe(7);
    expect(topCount(9e9, 999_999)).toBe(8_999_991_000);
  });

  it('is at least one and never more than a share', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 31 }), share, (size, perMillion) => {
        const exact = Number((BigInt(size) * BigInt(perMillion)) / 1_000_000n);
        expect(topCount(size, perMillion)).toBe(Math.max(1, exact));
      }),
    );
  });
});

describe('the selection of the largest', () => {
  it('sums to their number, and is 1 above the threshold, 0 below, shared at it', () => {
    fc.assert(
      fc.property(values, share, (data, perMillion) => {
        const weights = selected(data, perMillion);
        const k = topCount(data.length, perMillion);
        expect(total(weights)).toBeCloseTo(k, 10);
        const threshold = data.toSorted((a, b) => b - a)[k - 1] ?? Number.NaN;
        const tied = weights.filter((_, at) => data[at] === threshold);
        expect(new Set(tied).size).toBe(1);
        data.forEach((value, at) => {
          if (value > threshold) expect(weights[at]).toBe(1);
          if (value < threshold) expect(weights[at]).toBe(0);
          if (value === threshold) expect(weights[at]).toBeGreaterThan(0);
        });
      }),
    );
  });

  it('goes with its values, in whatever order they come', () => {
    fc.assert(
      fc.property(values, share, fc.infiniteStream(fc.nat()), (data, perMillion, keys) => {
        const order = data
          .map((_, at) => ({ at, key: Number(keys.next().value) }))
          .sort((a, b) => a.key - b.key)
          .map(({ at }) => at);
        const weights = selected(data, perMillion);
        const moved = selected(
          order.map((at) => data[at] ?? 0),
          perMillion,
        );
        expect(moved).toEqual(order.map((at) => weights[at]));
      }),
    );
  });

  it('of everything is everything', () => {
    expect(selected([3, 1, 1, 2], 1_000_000)).toEqual([1, 1, 1, 1]);
  });

  it('takes whole millionths only', () => {
    const b = builder();
    const x = b.input('x', ['voxel']);
    for (const perMillion of [0, 0.5, 1_000_001]) {
      expect(() => b.top(x, perMillion)).toThrow('a share is a whole number of millionths');
    }
  });
});
