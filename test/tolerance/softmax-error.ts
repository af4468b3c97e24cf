import { type NamedArray, positions, sizeOf } from '@softdice/core';
import { type Bounded, lengthOver } from './bounded.js';
import type { Precision } from './precision.js';

/**
 * p_i = e^(d_i) / sum_j e^(d_j), d = x - max x. Rounding d_i makes a relative error u |d_i|, which the
 * mean of |d| under p makes of the divisor as well; p |log p| keeps it small.
 */
export function softmaxError(x: Bounded, p: NamedArray, precision: Precision): Bounded {
  const { unit: u, underflow } = precision;
  const rest = p.axes.filter((axis) => axis !== 'channel');
  const grid: NamedArray = {
    axes: rest,
    shape: rest.map((axis) => sizeOf(p, axis)),
    data: new Float64Array(lengthOver(p, rest)),
  };
  const group = positions(grid, p.axes, p.shape);
  const peak = grid.data.map(() => Number.NEGATIVE_INFINITY);
  const worst = grid.data.map(() => 0);
  x.value.data.forEach((value, at) => {
    const to = group[at] ?? 0;
    peak[to] = Math.max(peak[to] ?? value, value);
    worst[to] = Math.max(worst[to] ?? 0, x.error[at] ?? 0);
  });
  const depth = (at: number): number =>
    Math.min(1000, (peak[group[at] ?? 0] ?? 0) - (x.value.data[at] ?? 0));
  const mean = grid.data.map(() => 0);
  p.data.forEach((value, at) => {
    mean[group[at] ?? 0] = (mean[group[at] ?? 0] ?? 0) + value * depth(at);
  });
  // With a single peak and all others vanishing beside it, the result is exactly 1 and 0.
  const rivals = grid.data.map(() => 0);
  x.value.data.forEach((_, at) => {
    const rival = depth(at) <= precision.vanishes + 2 * (worst[group[at] ?? 0] ?? 0);
    rivals[group[at] ?? 0] = (rivals[group[at] ?? 0] ?? 0) + (rival ? 1 : 0);
  });
  const channels = sizeOf(p, 'channel');
  const error = p.data.map((value, at) => {
    const to = group[at] ?? 0;
    if (rivals[to] === 1) return 0;
    const relative = u * (depth(at) + (mean[to] ?? 0) + 2 * precision.exp + channels + 2);
    return value * (relative + Math.expm1(2 * (worst[to] ?? 0))) + 2 * underflow;
  });
  return { value: p, error };
}
