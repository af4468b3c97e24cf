import { builder, execute, filled, type Node, opTable } from '@softdice/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const b = builder();
const [x, y] = [b.input('x', ['sample', 'voxel']), b.input('y', ['sample'])];
const [two, three, minus] = [b.real(2), b.real(3), b.real(-1)];

describe('constant factors', () => {
  it('leave sums', () => {
    expect(b.sum(b.mul(two, x), ['voxel'])).toBe(b.mul(two, b.sum(x, ['voxel'])));
    expect(b.sum(b.mul(x, three), ['sample', 'voxel'])).toBe(
      b.mul(three, b.sum(x, ['sample', 'voxel'])),
    );
  });

  it('go where there are no voxels', () => {
    expect(b.mul(two, b.mul(y, x))).toBe(b.mul(b.mul(two, y), x));
    expect(b.mul(b.mul(x, b.mul(b.exp(x), y)), three)).toBe(
      b.mul(x, b.mul(b.exp(x), b.mul(three, y))),
    );
  });

  it('stand in front elsewhere, once', () => {
    expect(b.mul(x, b.mul(two, b.exp(x)))).toBe(b.mul(two, b.mul(x, b.exp(x))));
    expect(b.mul(b.mul(two, x), b.mul(three, b.exp(x)))).toBe(b.mul(b.real(6), b.mul(x, b.exp(x))));
    expect(b.mul(b.real(0.5), b.mul(two, x))).toBe(x);
  });

  it('of -1 are differences', () => {
    const z = b.exp(x);
    expect(b.add(x, b.mul(minus, z))).toBe(b.sub(x, z));
    expect(b.add(b.mul(minus, x), y)).toBe(b.sub(y, x));
    expect(b.sub(x, b.mul(minus, z))).toBe(b.add(x, z));
  });

  it('stay as they are written on a grid', () => {
    expect(b.mul(two, b.mul(three, y))).not.toBe(b.mul(b.real(6), y));
    expect(b.add(y, b.mul(minus, b.exp(y))).op).toBe('add');
  });
});

type Op = 'add' | 'sub' | 'mul';
type Tree =
  | { readonly leaf: 'x' | 'y' | number }
  | { readonly op: Op; readonly left: Tree; readonly right: Tree }
  | { readonly summed: Tree };

const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5 },
    fc.record({ leaf: fc.constantFrom<('x' | 'y' | number)[]>('x', 'y', -1, 0.5, 2, 3, 0, 1) }),
    fc.record({
      op: fc.constantFrom<Op[]>('add', 'sub', 'mul', 'mul', 'mul'),
      left: tie('tree'),
      right: tie('tree'),
    }),
    fc.record({ summed: tie('tree') }),
  ),
}));

const sizes = [2, 3] as const;
const values = { x: [1.5, -2, 0.25, 3, -0.5, 1.25], y: [-1.75, 0.625] };

/** As built; a sum over the voxels of what has none counts them. */
function built(of: Tree): Node {
  if ('leaf' in of) {
    if (typeof of.leaf === 'number') return b.real(of.leaf);
    return of.leaf === 'x' ? x : y;
  }
  if ('summed' in of) return b.sum(built(of.summed), ['voxel'], x);
  return b[of.op](built(of.left), built(of.right));
}

/** The value at a sample and a voxel, and the sum of the sizes of what it is made of. */
function valueAt(of: Tree, sample: number, voxel: number): readonly [number, number] {
  if ('leaf' in of) {
    const value =
      typeof of.leaf === 'number'
        ? of.leaf
        : (values[of.leaf][of.leaf === 'x' ? sample * sizes[1] + voxel : sample] ?? Number.NaN);
    return [value, Math.abs(value)];
  }
  if ('summed' in of) {
    const all = Array.from({ length: sizes[1] }, (_, at) => valueAt(of.summed, sample, at));
    return [0, 1].map((part) => all.reduce((sum, one) => sum + (one[part] ?? 0), 0)) as never;
  }
  const [[a, sizeA], [c, sizeC]] = [
    valueAt(of.left, sample, voxel),
    valueAt(of.right, sample, voxel),
  ];
  if (of.op === 'mul') return [a * c, sizeA * sizeC];
  return [of.op === 'add' ? a + c : a - c, sizeA + sizeC];
}

it('expressions with moved constants have the value that they say', () => {
  fc.assert(
    fc.property(tree, (drawn) => {
      const node = built(drawn);
      const [computed] = execute(opTable, [node], (name) =>
        name === 'x'
          ? filled(['sample', 'voxel'], sizes, (at) => values.x[at] ?? Number.NaN)
          : filled(['sample'], [sizes[0]], (at) => values.y[at] ?? Number.NaN),
      );
      const [perSample, perVoxel] = ['sample', 'voxel'].map((axis) =>
        node.axes.includes(axis as 'sample'),
      );
      for (let sample = 0; sample < sizes[0]; sample++) {
        for (let voxel = 0; voxel < sizes[1]; voxel++) {
          const [wanted, size] = valueAt(drawn, sample, voxel);
          const row = perSample ? sample : 0;
          const at = perVoxel ? row * sizes[1] + voxel : row;
          const found = computed?.data[at] ?? Number.NaN;
          expect(Math.abs(found - wanted)).toBeLessThanOrEqual(1e-12 * size);
        }
      }
    }),
    { numRuns: 2000 },
  );
});
