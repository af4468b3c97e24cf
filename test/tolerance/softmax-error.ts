import { type NamedArray, positions, sizeOf } from '@softdice/core';
import { type Bounded, lengthOver } from './bounded.js';
import type { Precision } from './precision.js';

/** What rounding does to d = x - max x and S = sum_j e^(d_j), for each element. */
interface Groups {
  /** Largest error of an argument in the element's group of channels. */
  readonly worst: (at: number) => number;
  /** |d|. */
  readonly depth: (at: number) => number;
  /**
   * Relative error of S in units of u: rounding d_j makes an error |d_j|, of which S gets the mean
   * under p; an exponential and the additions make theirs.
   */
  readonly sum: (at: number) => number;
  /** Whether a single peak stands so high that S is exactly 1. */
  readonly single: (at: number) => boolean;
}

function groups(x: Bounded, p: NamedArray, precision: Precision): Groups {
  const rest = p.axes.filter((axis) => axis !== 'channel');
  const grid: NamedArray = {
    axes: rest,
    shape: rest.map((axis) => sizeOf(p, axis)),
    data: new Float64Array(lengthOver(p, rest)),
  };
  const group = positions(grid, p.axes, p.shape);
  const of = (values: Float64Array, at: number): number => values[group[at] ?? 0] ?? 0;
  const add = (values: Float64Array, at: number, value: number): void => {
    values[group[at] ?? 0] = of(values, at) + value;
  };
  const peak = grid.data.map(() => Number.NEGATIVE_INFINITY);
  const worst = grid.data.map(() => 0);
  x.value.data.forEach((value, at) => {
    const to = group[at] ?? 0;
    peak[to] = Math.max(peak[to] ?? value, value);
    worst[to] = Math.max(worst[to] ?? 0, x.error[at] ?? 0);
  });
  const depth = (at: number): number => of(peak, at) - (x.value.data[at] ?? 0);
  const mean = grid.data.map(() => 0);
  const rivals = grid.data.map(() => 0);
  p.data.forEach((value, at) => {
    add(mean, at, value * Math.min(1000, depth(at)));
    add(rivals, at, depth(at) <= precision.vanishes + 2 * of(worst, at) ? 1 : 0);
  });
  const channels = sizeOf(p, 'channel');
  return {
    worst: (at) => of(worst, at),
    depth,
    sum: (at) => of(mean, at) + precision.exp + channels,
    single: (at) => of(rivals, at) === 1,
  };
}

/** p_i = e^(d_i) / S: p |log p| keeps the relative error u |d_i| small. */
export function softmaxError(x: Bounded, p: NamedArray, precision: Precision): Bounded {
  const { unit: u, underflow } = precision;
  const { worst, depth, sum, single } = groups(x, p, precision);
  const error = p.data.map((value, at) => {
    // With all others vanishing beside the peak, the result is exactly 1 and 0.
    if (single(at)) return 0;
    const relative = u * (Math.min(1000, depth(at)) + sum(at) + precision.exp + 2);
    return value * (relative + Math.expm1(2 * worst(at))) + 2 * underflow;
  });
  return { value: p, error };
}

/** l_i = d_i - log S: d_i and l_i are rounded, and a relative error of S is an absolute one of log S. */
export function logSoftmaxError(x: Bounded, l: NamedArray, precision: Precision): Bounded {
  const { unit: u, underflow } = precision;
  const p = { ...l, data: l.data.map(Math.exp) };
  const { worst, depth, sum, single } = groups(x, p, precision);
  const error = l.data.map((value, at) => {
    // With all others vanishing beside the peak, log S is exactly 0.
    if (single(at)) return depth(at) === 0 ? 0 : 2 * worst(at) + u * depth(at) + underflow;
    const logOfSum = Math.abs(value + depth(at));
    const logarithm = sum(at) + precision.log * (logOfSum + 1);
    return 2 * worst(at) + u * (depth(at) + logarithm + Math.abs(value)) + underflow;
  });
  return { value: l, error };
}
