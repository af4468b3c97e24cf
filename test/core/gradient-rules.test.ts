import {
  type Builder,
  builder,
  execute,
  filled,
  type NamedArray,
  type Node,
  type Op,
  opTable,
  opTableOf,
  pullback,
  scalar,
} from '@softdice/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

interface Leaves {
  readonly x: Node;
  /** Without the samples and voxels of x. */
  readonly y: Node;
  readonly z: Node;
}

type Expression = (b: Builder, leaves: Leaves) => Node;

/** An expression in which an op is differentiated, or that shows that it is not. */
interface Example {
  readonly gradient: boolean;
  readonly of: Expression;
}

const slope = (of: Expression): Example => ({ gradient: true, of });
const flat = (of: Expression): Example => ({ gradient: false, of });

/** A new op does not compile without an example. */
const examples: { readonly [O in Op]: Example } = {
  input: slope((_, { x }) => x),
  const: flat((b) => b.real(2)),
  vector: flat((b) => b.vector([1, 2])),
  count: flat((b, { x }) => b.count(x, 'voxel')),
  index: flat((b, { x }) => b.mul(b.real(2), b.less(b.integer(0), b.index(x, 'voxel')))),
  add: slope((b, { x, y }) => b.add(x, y)),
  sub: slope((b, { x, y }) => b.sub(y, x)),
  mul: slope((b, { x, y }) => b.mul(x, y)),
  div: slope((b, { x, y }) => b.div(y, x)),
  max: slope((b, { x, y }) => b.max(x, y)),
  min: slope((b, { x, y }) => b.min(x, y)),
  less: flat((b, { x, y }) => b.less(x, y)),
  equal: flat((b, { x, y }) => b.equal(x, y)),
  pow: slope((b, { x }) => b.pow(x, 2.5)),
  exp: slope((b, { x }) => b.exp(x)),
  log: slope((b, { x }) => b.log(x)),
  abs: slope((b, { x }) => b.abs(b.sub(x, b.real(1)))),
  sign: flat((b, { x }) => b.sign(x)),
  sigmoid: slope((b, { x }) => b.sigmoid(x)),
  softplus: slope((b, { x }) => b.softplus(b.sub(x, b.real(1)))),
  logSoftmax: slope((b, { x, y }) => b.mul(b.logSoftmax(x), b.logSoftmax(y))),
  softmax: slope((b, { x, y }) => b.mul(b.softmax(x), b.softmax(y))),
  sum: slope((b, { x, y }) => b.mul(b.sum(x, ['sample', 'voxel']), b.sum(y, ['voxel'], x))),
  peak: flat((b, { x }) => b.peak(x, ['channel'])),
  argmax: flat((b, { x }) => b.mul(b.real(2), b.less(b.integer(0), b.argmax(x)))),
  shift: slope((b, { x, y }) =>
    b.mul(
      b.shift(x, { dimension: 0, by: 1, fill: 3 }),
      b.shift(y, { dimension: 0, by: -1, fill: 2 }, x),
    ),
  ),
  top: flat((b, { x }) => b.top(x, 300_000)),
  toClass: slope((b, { x, y }) => {
    const map = { kind: 'rows', rows: [[0, 2], [1], [2]] } as const;
    return b.mul(b.toClass(x, map), b.toClass(y, map));
  }),
  toChannel: slope((b, { x, z }) => b.toChannel(z, { kind: 'foreground' }, x, z)),
};

const [samples, channels, voxels] = [2, 3, 2];
const values: Readonly<Record<keyof Leaves, NamedArray>> = {
  // Between 0.2 and 1.9, no two the same, none of them 1: away from every kink.
  x: filled(['sample', 'channel', 'voxel'], [samples, channels, voxels], (at) => 0.25 + 0.15 * at),
  y: filled(['channel'], [channels], (at) => 1.13 - 0.3 * at),
  z: filled(['sample', 'class', 'voxel'], [samples, channels - 1, voxels], (at) => 0.4 + 0.1 * at),
};
const names = ['x', 'y', 'z'] as const;

/** Gradient and slope with respect to one element of a leaf, of the sum over all elements. */
function compared(of: Expression, cotangentAxes: 'all' | 'none'): readonly [number, number][] {
  const b = builder();
  const leaves = {
    x: b.input('x', ['sample', 'channel', 'voxel']),
    y: b.input('y', ['channel']),
    z: b.input('z', ['sample', 'class', 'voxel']),
  };
  const node = of(b, leaves);
  const total = (given: typeof values, weight: (at: number) => number): number => {
    const [value] = execute(opTable, [node], (name) => given[name as keyof Leaves]);
    return Array.from(value?.data ?? []).reduce(
      (sum, element, at) => sum + weight(at) * element,
      0,
    );
  };
  const [like] = execute(opTable, [node], (name) => values[name as keyof Leaves]);
  const weight = (at: number): number => (cotangentAxes === 'all' ? Math.cos(at) : 1.5);
  const cotangent =
    cotangentAxes === 'all' ? filled(node.axes, like?.shape ?? [], weight) : scalar(1.5);
  const seed = { output: node, cotangent: b.input('g', cotangent.axes) };
  const gradients = pullback(
    b,
    [seed],
    names.map((name) => leaves[name]),
  );
  return names.flatMap((name, at) => {
    const gradient = gradients[at];
    if (gradient === undefined) return [];
    // A gradient may lack axes along which it is the same.
    const spread = b.mul(gradient, b.div(leaves[name], leaves[name]));
    const [found] = execute(opTable, [spread], (input) =>
      input === 'g' ? cotangent : values[input as keyof Leaves],
    );
    return Array.from(values[name].data, (value, element): [number, number] => {
      const moved = (by: number): typeof values => ({
        ...values,
        [name]: {
          ...values[name],
          data: values[name].data.map((other, index) => (index === element ? value + by : other)),
        },
      });
      const step = 1e-5;
      const difference = total(moved(step), weight) - total(moved(-step), weight);
      return [found?.data[element] ?? Number.NaN, difference / (2 * step)];
    });
  });
}

describe.each(Object.entries(examples))('the gradient of %s', (_, { gradient, of }) => {
  it.each(['all', 'none'] as const)(
    'is its slope, with %s of the axes in the cotangent',
    (axes) => {
      const pairs = compared(of, axes);
      expect(pairs.length > 0).toBe(gradient);
      for (const [received, expected] of pairs) {
        expect(Math.abs(received - expected)).toBeLessThan(1e-8 * (1 + Math.abs(expected)));
      }
    },
  );
});

describe('the transposed shift', () => {
  const spatial = [3, 1, 4];
  const voxel = { axes: ['voxel'], shape: [12] } as const;
  const row = fc
    .array(fc.integer({ min: -9, max: 9 }), { minLength: 12, maxLength: 12 })
    .map((data): NamedArray => ({ ...voxel, data: Float64Array.from(data) }));
  const dot = (a: NamedArray | undefined, b: NamedArray | undefined): number =>
    Array.from(a?.data ?? []).reduce((sum, x, at) => sum + x * (b?.data[at] ?? Number.NaN), 0);

  it('gives <shift x, g> = <x, transposed g>, what is filled in aside', () => {
    const by = fc.integer({ min: -5, max: 5 });
    fc.assert(
      fc.property(row, row, fc.nat({ max: 2 }), by, (x, g, dimension, steps) => {
        const b = builder();
        const [nx, ng] = [b.input('x', ['voxel']), b.input('g', ['voxel'])];
        const moved = b.shift(nx, { dimension, by: steps, fill: 0 });
        const [back] = pullback(b, [{ output: moved, cotangent: ng }], [nx]);
        if (back === undefined) throw new Error('a shift has a gradient');
        const given = { x, g } as const;
        const [there, here] = execute(
          opTableOf(spatial),
          [moved, back],
          (name) => given[name as 'x' | 'g'],
        );
        expect(dot(there, g)).toBe(dot(x, here));
      }),
      { numRuns: 200, seed: 4 },
    );
  });
});

describe('at a kink', () => {
  const gradientAt = (of: (b: Builder, x: Node) => Node, value: number): number | undefined => {
    const b = builder();
    const x = b.input('x', []);
    const [node] = pullback(b, [{ output: of(b, x), cotangent: b.real(1) }], [x]);
    if (node === undefined) return undefined;
    return execute(opTable, [node], () => scalar(value))[0]?.data[0];
  };

  it.each<readonly [string, (b: Builder, x: Node) => Node, number, number]>([
    ['|x| is flat at 0', (b, x) => b.abs(x), 0, 0],
    ['max gives each side half of a tie', (b, x) => b.max(x, b.real(1)), 1, 0.5],
    ['min gives each side half of a tie', (b, x) => b.min(b.real(1), x), 1, 0.5],
    ['max of a node with itself is the node', (b, x) => b.max(x, x), 1, 1],
    ['x^1.5 is flat at 0', (b, x) => b.pow(x, 1.5), 0, 0],
  ])('%s', (_, of, at, expected) => {
    expect(gradientAt(of, at)).toBe(expected);
  });

  it('a path that is not differentiated adds nothing', () => {
    const beside = (b: Builder, x: Node): Node => b.mul(x, b.less(b.real(0), x));
    expect(gradientAt(beside, 3)).toBe(1);
    expect(gradientAt((b, x) => b.sign(x), 3)).toBeUndefined();
  });
});

describe('several seeds', () => {
  it('add', () => {
    const b = builder();
    const x = b.input('x', []);
    const seeds = [
      { output: b.pow(x, 2), cotangent: b.real(1) },
      { output: b.exp(x), cotangent: b.real(2) },
      { output: x, cotangent: b.real(5) },
    ];
    const [node] = pullback(b, seeds, [x]);
    const value = node && execute(opTable, [node], () => scalar(3))[0]?.data[0];
    expect(value).toBeCloseTo(6 + 2 * Math.exp(3) + 5, 12);
  });

  it('reach several nodes, in the middle of an expression as well', () => {
    const b = builder();
    const x = b.input('x', []);
    const square = b.pow(x, 2);
    const seeds = [{ output: b.mul(square, x), cotangent: b.real(1) }];
    const found = pullback(b, seeds, [x, square, b.input('other', [])]);
    const [all, inner] = found.map(
      (node) => node && execute(opTable, [node], () => scalar(3))[0]?.data[0],
    );
    expect(all).toBe(27);
    expect(inner).toBe(3);
    expect(found[2]).toBeUndefined();
  });
});
