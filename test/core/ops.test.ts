import {
  type Axis,
  type Builder,
  builder,
  execute,
  filled,
  type NamedArray,
  type Node,
  type Op,
  opTable,
  opTableOf,
} from '@softdice/core';
import { describe, expect, it } from 'vitest';

type Numbers = readonly number[];

/** An op on x [sample 2, channel 3] = 0 1 2 / 3 4 5 and y [channel 3] = 2 0 4, computed by hand. */
interface Example {
  readonly of: (b: Builder, x: Node, y: Node) => Node;
  readonly axes: readonly Axis[];
  readonly expected: Numbers;
}

const e = Math.E;
const grid: readonly Axis[] = ['sample', 'channel'];
const example = (axes: readonly Axis[], of: Example['of'], ...expected: Numbers): Example => ({
  of,
  axes,
  expected,
});

/** A new op does not compile without an example. */
const examples: { readonly [O in Op]: Example } = {
  input: example(grid, (_, x) => x, 0, 1, 2, 3, 4, 5),
  const: example([], (b) => b.real(7), 7),
  vector: example(['class'], (b) => b.vector([1, 3]), 1, 3),
  count: example([], (b, x) => b.count(x, 'channel'), 3),
  index: example(['channel'], (b, x) => b.index(x, 'channel'), 0, 1, 2),
  add: example(grid, (b, x, y) => b.add(x, y), 2, 1, 6, 5, 4, 9),
  sub: example(grid, (b, x, y) => b.sub(y, x), 2, -1, 2, -1, -4, -1),
  mul: example(grid, (b, x, y) => b.mul(x, y), 0, 0, 8, 6, 0, 20),
  div: example(grid, (b, x, y) => b.div(x, y), 0, Infinity, 0.5, 1.5, Infinity, 1.25),
  max: example(grid, (b, x, y) => b.max(x, y), 2, 1, 4, 3, 4, 5),
  min: example(grid, (b, x, y) => b.min(x, y), 0, 0, 2, 2, 0, 4),
  less: example(grid, (b, x, y) => b.less(x, y), 1, 0, 1, 0, 0, 0),
  equal: example(grid, (b, x) => b.equal(x, b.real(2)), 0, 0, 1, 0, 0, 0),
  pow: example(['channel'], (b, _, y) => b.pow(y, 0.5), Math.SQRT2, 0, 2),
  exp: example(['channel'], (b, _, y) => b.exp(y), e * e, 1, e ** 4),
  log: example(['channel'], (b, _, y) => b.log(y), Math.LN2, -Infinity, 2 * Math.LN2),
  abs: example(['channel'], (b, _, y) => b.abs(b.sub(y, b.real(3))), 1, 3, 1),
  sign: example(['channel'], (b, _, y) => b.sign(b.sub(y, b.real(2))), 0, -1, 1),
  sigmoid: example(
    ['channel'],
    (b, _, y) => b.sigmoid(b.sub(y, b.real(2))),
    0.5,
    1 / (1 + e * e),
    1 / (1 + e ** -2),
  ),
  softplus: example(
    ['channel'],
    (b, _, y) => b.softplus(b.sub(y, b.real(2))),
    Math.LN2,
    Math.log(1 + e ** -2),
    Math.log(1 + e ** 2),
  ),
  logSoftmax: example(
    ['channel'],
    (b, _, y) => b.logSoftmax(y),
    ...[2, 0, 4].map((x) => x - Math.log(e * e + 1 + e ** 4)),
  ),
  softmax: example(
    ['channel'],
    (b, _, y) => b.softmax(y),
    ...[e * e, 1, e ** 4].map((part) => part / (e * e + 1 + e ** 4)),
  ),
  sum: example(['channel'], (b, x) => b.sum(x, ['sample']), 3, 5, 7),
  peak: example(['sample'], (b, x, y) => b.peak(b.mul(x, y), ['channel']), 8, 20),
  // 0 0 8 and 6 0 20.
  argmax: example(['sample'], (b, x, y) => b.argmax(b.mul(x, y)), 2, 2),
  // The only voxel of x becomes three, of which the last one is outside.
  shift: example(
    ['channel', 'voxel'],
    (b, _, y) => b.shift(y, { dimension: 0, by: 1, fill: 9 }, b.input('z', ['voxel'])),
    ...[2, 2, 9, 0, 0, 9, 4, 4, 9],
  ),
  // 4.5 of the products 0 0 8 6 0 20 are 4: three above, one place for three zeros.
  top: example(grid, (b, x, y) => b.top(b.mul(x, y), 750_000), 1 / 3, 1 / 3, 1, 1, 1 / 3, 1),
  toClass: example(
    ['sample', 'class'],
    (b, x) => b.toClass(x, { kind: 'rows', rows: [[2, 0], [1]] }),
    ...[2, 1, 8, 4],
  ),
  toChannel: example(
    ['channel'],
    (b, x) => b.toChannel(b.vector([5, 7]), { kind: 'rows', rows: [[2, 0], [0]] }, x, x),
    ...[12, 0, 5],
  ),
};

const inputs: Readonly<Record<string, NamedArray>> = {
  x: filled(grid, [2, 3], (at) => at),
  z: filled(['voxel'], [3], (at) => at),
  y: filled(['channel'], [3], (at) => [2, 0, 4][at] ?? 0),
};

function evaluated(of: Example['of']): NamedArray {
  const b = builder();
  const node = of(b, b.input('x', grid), b.input('y', ['channel']));
  const [value] = execute(opTable, [node], (name) => inputs[name]);
  if (value === undefined) throw new Error('no value');
  expect(value.axes).toEqual(node.axes);
  return value;
}

describe.each(Object.entries(examples))('the interpreter: %s', (op, { of, axes, expected }) => {
  it('does what can be done by hand', () => {
    const { axes: received, data } = evaluated(of);
    expect(received).toEqual(axes);
    expect(data.length).toBe(expected.length);
    expected.forEach((value, at) => {
      if (Number.isFinite(value)) expect(data[at], op).toBeCloseTo(value, 13);
      else expect(data[at], op).toBe(value);
    });
  });
});

describe('neighbours', () => {
  const voxels: NamedArray = filled(['voxel'], [12], (at) => at);
  const shifted = (dimension: number, by: number): readonly number[] => {
    const b = builder();
    const node = b.shift(b.input('x', ['voxel']), { dimension, by, fill: -1 });
    return [...(execute(opTableOf([2, 2, 3]), [node], () => voxels)[0]?.data ?? [])];
  };

  it.each<readonly [number, number, Numbers]>([
    [0, 1, [6, 7, 8, 9, 10, 11, -1, -1, -1, -1, -1, -1]],
    [0, -1, [-1, -1, -1, -1, -1, -1, 0, 1, 2, 3, 4, 5]],
    [1, 1, [3, 4, 5, -1, -1, -1, 9, 10, 11, -1, -1, -1]],
    [2, 1, [1, 2, -1, 4, 5, -1, 7, 8, -1, 10, 11, -1]],
    [2, -2, [-1, -1, 0, -1, -1, 3, -1, -1, 6, -1, -1, 9]],
    [2, 3, Array<number>(12).fill(-1)],
    [1, 0, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]],
  ])('along dimension %d by %d', (dimension, by, expected) => {
    expect(shifted(dimension, by)).toEqual(expected);
  });

  it('are not there along a dimension that is not', () => {
    expect(() => shifted(3, 1)).toThrow('no shift along dimension 3 of voxels [2,2,3]');
  });
});

describe('broadcasting', () => {
  it('goes by name, whatever the order of the arguments', () => {
    const outer = evaluated((b, x, y) => b.mul(b.sum(x, ['channel']), y));
    expect([outer.axes, outer.shape]).toEqual([grid, [2, 3]]);
    expect([...outer.data]).toEqual([6, 0, 12, 24, 0, 48]);
    expect(evaluated((b, x, y) => b.mul(y, b.sum(x, ['channel'])))).toEqual(outer);
  });
});

describe('numerics', () => {
  const one = (of: (b: Builder) => Node): number => evaluated(of).data[0] ?? Number.NaN;

  it('sigmoid does not overflow, and keeps its small values', () => {
    expect(one((b) => b.sigmoid(b.real(-1e4)))).toBe(0);
    expect(one((b) => b.sigmoid(b.real(1e4)))).toBe(1);
    expect(one((b) => b.sigmoid(b.real(-600)))).toBeCloseTo(Math.exp(-600), 300);
    expect(one((b) => b.sigmoid(b.real(-600)))).toBeGreaterThan(0);
  });

  it('softmax does not overflow', () => {
    const large = evaluated((b, _, y) => b.softmax(b.mul(b.real(1e4), y)));
    expect([...large.data]).toEqual([0, 0, 1]);
  });

  it('logarithms of saturated probabilities are exact', () => {
    const large = evaluated((b, _, y) => b.logSoftmax(b.mul(b.real(1e4), y)));
    expect([...large.data]).toEqual([-2e4, -4e4, 0]);
    expect(one((b) => b.softplus(b.real(1e4)))).toBe(1e4);
    expect(one((b) => b.softplus(b.real(-1e4)))).toBe(0);
    expect(one((b) => b.softplus(b.real(-600)))).toBeGreaterThan(0);
  });

  it('sums are compensated', () => {
    const x: NamedArray = {
      axes: ['voxel'],
      shape: [4],
      data: Float64Array.of(1, 1e100, 1, -1e100),
    };
    const b = builder();
    const sum = b.sum(b.input('x', ['voxel']), ['voxel']);
    expect(execute(opTable, [sum], () => x)[0]?.data).toEqual(Float64Array.of(2));
  });

  it('an input that was not given is named', () => {
    const b = builder();
    expect(() => execute(opTable, [b.input('mask', [])], () => undefined)).toThrow(
      'input mask was not given',
    );
  });
});
