import { channelMembers, classMembers, type Member } from '../expression/class-map.js';
import { type Axis, axisOrder, type OpTable } from '../expression/node.js';
import { filled, type NamedArray, positions, scalar, sizeOf } from './named-array.js';

/** Ops that only make sense of values with voxels: of channels beside each other, of neighbours, of ranks. */
type OfVoxels = 'softmax' | 'logSoftmax' | 'argmax' | 'shift' | 'top';

/**
 * What each op does that also stands where there are no voxels, in float64 and to be read.
 *
 * Sums are compensated, so that this table can judge others.
 */
export const gridOps: Omit<OpTable<NamedArray>, OfVoxels> = {
  input: (node) => {
    throw new TypeError(`input ${node.name} was not given`);
  },
  const: (node) => scalar(node.value),
  vector: (node) => filled(['class'], [node.values.length], (at) => node.values[at] ?? 0),
  count: (node, [like]) => scalar(sizeOf(like, node.axis)),
  index: (node, [like]) => filled([node.axis], [sizeOf(like, node.axis)], (at) => at),
  add: (_, [a, b]) => pointwise(a, b, (x, y) => x + y),
  sub: (_, [a, b]) => pointwise(a, b, (x, y) => x - y),
  mul: (_, [a, b]) => pointwise(a, b, (x, y) => x * y),
  div: (_, [a, b]) => pointwise(a, b, (x, y) => x / y),
  max: (_, [a, b]) => pointwise(a, b, Math.max),
  min: (_, [a, b]) => pointwise(a, b, Math.min),
  less: (_, [a, b]) => pointwise(a, b, (x, y) => (x < y ? 1 : 0)),
  equal: (_, [a, b]) => pointwise(a, b, (x, y) => (x === y ? 1 : 0)),
  pow: (node, [x]) => map(x, (value) => value ** node.exponent),
  exp: (_, [x]) => map(x, Math.exp),
  log: (_, [x]) => map(x, Math.log),
  abs: (_, [x]) => map(x, Math.abs),
  sign: (_, [x]) => map(x, Math.sign),
  sigmoid: (_, [x]) => map(x, sigmoid),
  softplus: (_, [x]) => map(x, softplus),
  sum: (node, [x]) => sum(x, node.over),
  peak: (node, [x]) => peak(x, node.over),
  toClass: (node, [x]) => {
    const rows = classMembers(node.map, sizeOf(x, 'channel'));
    return mixed(x, 'channel', 'class', rows);
  },
  toChannel: (node, [x, like]) => {
    const rows = channelMembers(node.map, sizeOf(like, 'channel'));
    return mixed(x, 'class', 'channel', rows);
  },
};

/** Changes every number of an array. */
export function map(x: NamedArray, f: (value: number) => number): NamedArray {
  return { ...x, data: x.data.map(f) };
}

/** What a function makes of the numbers of two arrays at the same place. */
export function pointwise(
  a: NamedArray,
  b: NamedArray,
  f: (x: number, y: number) => number,
): NamedArray {
  const axes = axisOrder.filter((axis) => a.axes.includes(axis) || b.axes.includes(axis));
  const shape = axes.map((axis) => Math.max(sizeOf(a, axis), sizeOf(b, axis)));
  const [fromA, fromB] = [positions(a, axes, shape), positions(b, axes, shape)];
  return filled(axes, shape, (at) => f(a.data[fromA[at] ?? 0] ?? 0, b.data[fromB[at] ?? 0] ?? 0));
}

function sigmoid(x: number): number {
  const small = Math.exp(-Math.abs(x));
  return x >= 0 ? 1 / (1 + small) : small / (1 + small);
}

/** max(x, 0) + log(1 + e^-|x|): the exponential cannot overflow. */
function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

/** Sums with Neumaier's compensation. */
function sum(x: NamedArray, over: readonly Axis[]): NamedArray {
  const axes = x.axes.filter((axis) => !over.includes(axis));
  const shape = axes.map((axis) => sizeOf(x, axis));
  const total = filled(axes, shape, () => 0);
  const lost = filled(axes, shape, () => 0);
  const group = positions(total, x.axes, x.shape);
  x.data.forEach((value, at) => {
    const to = group[at] ?? 0;
    const old = total.data[to] ?? 0;
    const next = old + value;
    const error = Math.abs(old) >= Math.abs(value) ? old - next + value : value - next + old;
    lost.data[to] = (lost.data[to] ?? 0) + error;
    total.data[to] = next;
  });
  return { axes, shape, data: total.data.map((value, at) => value + (lost.data[at] ?? 0)) };
}

/** Largest numbers over axes. */
export function peak(x: NamedArray, over: readonly Axis[]): NamedArray {
  const axes = x.axes.filter((axis) => !over.includes(axis));
  const shape = axes.map((axis) => sizeOf(x, axis));
  const largest = filled(axes, shape, () => Number.NEGATIVE_INFINITY);
  const group = positions(largest, x.axes, x.shape);
  x.data.forEach((value, at) => {
    const to = group[at] ?? 0;
    largest.data[to] = Math.max(largest.data[to] ?? value, value);
  });
  return largest;
}

/** Replaces one axis by sums of factors times members. */
function mixed(
  x: NamedArray,
  from: 'channel' | 'class',
  to: 'channel' | 'class',
  rows: readonly (readonly Member[])[],
): NamedArray {
  const at = x.axes.indexOf(from);
  const axes = x.axes.map((axis) => (axis === from ? to : axis));
  const shape = x.shape.map((size, axis) => (axis === at ? rows.length : size));
  const length = x.shape[at] ?? 1;
  const inner = x.shape.slice(at + 1).reduce((product, size) => product * size, 1);
  return filled(axes, shape, (position) => {
    const within = position % inner;
    const row = rows[Math.floor(position / inner) % rows.length] ?? [];
    const outer = Math.floor(position / (inner * rows.length));
    return row.reduce(
      (total, { channel, factor }) =>
        total + factor * (x.data[(outer * length + channel) * inner + within] ?? 0),
      0,
    );
  });
}
