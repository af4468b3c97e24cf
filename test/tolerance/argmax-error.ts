import { type NamedArray, positions } from '@softdice/core';
import type { Bounded } from './bounded.js';

/**
 * The error of a decision: any channel may come out where the largest overlaps another within their
 * errors, none but the first of the largest where all values are exact.
 */
export function argmaxError(x: Bounded, decided: NamedArray): Bounded {
  const group = positions(decided, x.value.axes, x.value.shape);
  const most = decided.data.map(() => Number.NEGATIVE_INFINITY);
  x.value.data.forEach((value, at) => {
    const to = group[at] ?? 0;
    most[to] = Math.max(most[to] ?? value, value - (x.error[at] ?? 0));
  });
  const [rivals, rounded] = [decided.data.map(() => 0), decided.data.map(() => 0)];
  x.value.data.forEach((value, at) => {
    const to = group[at] ?? 0;
    const slack = x.error[at] ?? 0;
    if (value + slack < (most[to] ?? 0)) return;
    rivals[to] = (rivals[to] ?? 0) + 1;
    rounded[to] = Math.max(rounded[to] ?? 0, slack);
  });
  const error = rivals.map((count, at) => (count > 1 && (rounded[at] ?? 0) > 0 ? Infinity : 0));
  return { value: decided, error };
}
