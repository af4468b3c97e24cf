import {
  type Axis,
  builder,
  execute,
  filled,
  type Node,
  opTable,
  substitute,
} from '@softdice/core';
import { describe, expect, it } from 'vitest';

const b = builder();
const x = b.input('x', ['sample', 'channel', 'voxel']);
const y = b.input('y', ['sample']);

describe('equal nodes', () => {
  it('are one object', () => {
    expect(b.input('x', ['voxel', 'channel', 'sample'])).toBe(x);
    expect(b.exp(b.add(x, y))).toBe(b.exp(b.add(x, y)));
    expect(b.sum(x, ['voxel', 'sample'])).toBe(b.sum(x, ['sample', 'voxel']));
    expect(b.toClass(x, { kind: 'rows', rows: [[0, 1]] })).toBe(
      b.toClass(x, { kind: 'rows', rows: [[0, 1]] }),
    );
  });

  it('differ in op, arguments, attributes, axes and type', () => {
    const nodes: readonly Node[] = [
      x,
      b.input('x', ['sample']),
      b.input('x', ['sample'], 'integer'),
      b.real(2),
      b.integer(2),
      b.sub(x, y),
      b.sub(y, x),
      b.pow(x, 2),
      b.pow(x, 3),
      b.sum(x, ['voxel']),
      b.sum(x, ['sample']),
      b.toClass(x, { kind: 'all' }),
      b.toClass(x, { kind: 'foreground' }),
    ];
    expect(new Set(nodes).size).toBe(nodes.length);
  });

  it('hold finite numbers, which alone can be told apart as JSON', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      expect(() => b.real(value)).toThrow('finite');
      expect(() => b.vector([1, value])).toThrow('finite');
    }
    expect(() => b.div(b.real(1), b.real(0))).toThrow('finite');
  });

  it('belong to one builder', () => {
    expect(builder().real(1)).not.toBe(b.real(1));
  });

  it('are frozen', () => {
    const node = b.add(x, y);
    expect(Object.isFrozen(node) && Object.isFrozen(node.args) && Object.isFrozen(node.axes)).toBe(
      true,
    );
  });
});

describe('axes', () => {
  it('of a result are those of its arguments, in one order', () => {
    const z = b.input('z', ['class']);
    expect(b.add(z, y).axes).toEqual(['sample', 'class']);
    expect(b.add(z, x).axes).toEqual(['sample', 'channel', 'class', 'voxel']);
  });

  it('are asked for by softmax, sums and matrices', () => {
    expect(() => b.softmax(y)).toThrow('no axis channel');
    expect(() => b.count(y, 'voxel')).toThrow('no axis voxel');
    expect(() => b.sum(y, ['voxel'])).toThrow('no axis voxel');
    expect(() => b.toClass(y, { kind: 'all' })).toThrow('no axis channel');
  });

  it('types are not mixed', () => {
    expect(() => b.add(b.integer(1), b.real(1))).toThrow('have types integer, real');
  });
});

describe('folding', () => {
  const [zero, one, two] = [b.real(0), b.real(1), b.real(2)];

  it('leaves out neutral elements', () => {
    expect(b.add(x, zero)).toBe(x);
    expect(b.add(zero, x)).toBe(x);
    expect(b.sub(x, zero)).toBe(x);
    expect(b.mul(x, one)).toBe(x);
    expect(b.mul(one, x)).toBe(x);
    expect(b.div(x, one)).toBe(x);
    expect(b.pow(x, 1)).toBe(x);
  });

  it('computes with constants', () => {
    expect(b.add(two, two)).toBe(b.real(4));
    expect(b.sub(one, two)).toBe(b.real(-1));
    expect(b.mul(two, two)).toBe(b.real(4));
    expect(b.div(one, two)).toBe(b.real(0.5));
  });

  it('makes 0 of a product with the constant 0', () => {
    expect(b.mul(zero, x)).toBe(zero);
    expect(b.mul(x, zero)).toBe(zero);
  });

  it('keeps what is 0 by value only, so that NaN stays visible', () => {
    const product = b.mul(b.sub(y, y), y);
    const input = filled(['sample'], [2], (at) => (at === 0 ? 1 : Number.NaN));
    const [value] = execute(opTable, [product], () => input);
    expect(value?.data).toEqual(Float64Array.of(0, Number.NaN));
  });

  it('keeps what is not neutral', () => {
    expect(b.sub(zero, x)).not.toBe(x);
    expect(b.div(one, x).op).toBe('div');
    expect(b.add(x, b.mul(b.real(-1), x)).op).toBe('sub');
    expect(b.add(b.integer(0), b.integer(1)).op).toBe('add');
  });
});

describe('a sum over an axis that is missing', () => {
  const like = filled(['sample', 'channel', 'voxel'], [2, 3, 5], () => 1);
  const computed = (node: Node): readonly number[] => {
    const vector = filled(['sample'], [2], (at) => at + 1);
    const [value] = execute(opTable, [node], (name) => (name === 'x' ? like : vector));
    return [...(value?.data ?? [])];
  };

  it.each<readonly [readonly Axis[], readonly number[]]>([
    [['voxel'], [5, 10]],
    [
      ['channel', 'voxel'],
      [15, 30],
    ],
    [['sample', 'channel'], [9]],
    [['sample'], [3]],
    [[], [1, 2]],
  ])('multiplies by its size: %j', (over, expected) => {
    expect(computed(b.sum(y, over, x))).toEqual(expected);
  });

  it('of a constant is a count', () => {
    const total = b.sum(b.real(2), ['sample', 'channel', 'voxel'], x);
    expect(computed(total)).toEqual([2 * 2 * 3 * 5]);
  });

  it('reads sizes off the inputs, not off what is computed from them', () => {
    expect(b.count(b.exp(b.mul(x, b.softmax(x))), 'voxel').args).toEqual([x]);
  });
});

describe('substitution', () => {
  it('rebuilds what depends on the input and keeps the rest', () => {
    const kept = b.exp(y);
    const expression = b.add(b.mul(x, kept), kept);
    const z = b.input('z', ['sample', 'channel', 'voxel']);
    const replaced = substitute(b, expression, (name) => (name === 'x' ? z : undefined));
    expect(replaced).toBe(b.add(b.mul(z, kept), kept));
    expect(substitute(b, kept, (name) => (name === 'x' ? z : undefined))).toBe(kept);
  });

  it('folds what becomes constant', () => {
    const loss = b.input('loss', []);
    expect(substitute(b, b.mul(b.real(2), loss), () => b.real(3))).toBe(b.real(6));
  });

  it('refuses other axes', () => {
    const other = b.input('z', ['sample', 'voxel']);
    expect(() => substitute(b, b.exp(x), () => other)).toThrow(
      'replacement of [sample,channel,voxel] has axes [sample,voxel]',
    );
  });
});
