import type { OpTable } from '../expression/node.js';
import { topCount } from '../expression/top-count.js';
import { gridOps, map, peak } from './grid-ops.js';
import { filled, type NamedArray, positions, sizeOf } from './named-array.js';
import { shifted } from './shift.js';

/**
 * What each op does, in float64 and to be read: the meaning of the language.
 *
 * The voxels lie in a row; see {@link opTableOf} for shifts among voxels that do not.
 */
export const opTable: OpTable<NamedArray> = {
  ...gridOps,
  softmax: (_, [x]) => softmax(x),
  logSoftmax: (_, [x]) => logSoftmax(x),
  argmax: (_, [x]) => argmax(x),
  shift: (node, [x]) => shifted(x, node, [sizeOf(x, 'voxel')]),
  top: (node, [x]) => top(x, node.perMillion),
};

/** {@link opTable} for voxels of these spatial sizes, `[...spatial]`. */
export function opTableOf(spatial: readonly number[]): OpTable<NamedArray> {
  return { ...opTable, shift: (node, [x]) => shifted(x, node, spatial) };
}

/** e^(x - max) over the channels, with x - max and the sum for each element. */
function softmaxParts(x: NamedArray): {
  readonly depth: Float64Array;
  readonly raised: Float64Array;
  readonly total: (at: number) => number;
} {
  const rest = x.axes.filter((axis) => axis !== 'channel');
  const shape = rest.map((axis) => sizeOf(x, axis));
  const largest = peak(x, ['channel']);
  const group = positions(largest, x.axes, x.shape);
  const depth = x.data.map((value, at) => value - (largest.data[group[at] ?? 0] ?? 0));
  const raised = depth.map(Math.exp);
  const total = filled(rest, shape, () => 0);
  raised.forEach((value, at) => {
    total.data[group[at] ?? 0] = (total.data[group[at] ?? 0] ?? 0) + value;
  });
  return { depth, raised, total: (at) => total.data[group[at] ?? 0] ?? 1 };
}

function softmax(x: NamedArray): NamedArray {
  const { raised, total } = softmaxParts(x);
  return { ...x, data: raised.map((value, at) => value / total(at)) };
}

/** x - max - log sum e^(x - max). */
function logSoftmax(x: NamedArray): NamedArray {
  const { depth, total } = softmaxParts(x);
  return { ...x, data: depth.map((value, at) => value - Math.log(total(at))) };
}

function argmax(x: NamedArray): NamedArray {
  const largest = peak(x, ['channel']);
  const group = positions(largest, x.axes, x.shape);
  const channel = positions(channels(x), x.axes, x.shape);
  const first = { ...largest, data: largest.data.map(() => Number.POSITIVE_INFINITY) };
  x.data.forEach((value, at) => {
    const to = group[at] ?? 0;
    if (value !== largest.data[to]) return;
    first.data[to] = Math.min(first.data[to] ?? 0, channel[at] ?? 0);
  });
  return first;
}

/** 0, 1, 2 … along the channels of an array. */
function channels(x: NamedArray): NamedArray {
  return filled(['channel'], [sizeOf(x, 'channel')], (at) => at);
}

/** 1 above the k-th largest value, and at it the places left over the number of values there. */
function top(x: NamedArray, perMillion: number): NamedArray {
  const k = topCount(x.data.length, perMillion);
  const threshold = x.data.toSorted((a, b) => b - a)[k - 1] ?? Number.NaN;
  const above = x.data.filter((value) => value > threshold).length;
  const tied = x.data.filter((value) => value === threshold).length;
  return map(x, (value) => (value > threshold ? 1 : value === threshold ? (k - above) / tied : 0));
}
