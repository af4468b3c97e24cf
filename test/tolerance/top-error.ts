import { type NamedArray, type NodeOf, topCount } from '@softdice/core';
import type { Bounded } from './bounded.js';

/**
 * The error of a selection: 1 less or more where a value and the threshold overlap within their errors
 * and not all that do are selected, else 0.
 *
 * With values in x ± e the k-th largest lies between the k-th largest of x - e and that of x + e. What
 * is above that range is selected, what is below is not; where what is left is as many as the places
 * left, it is selected too. Values known exactly share their places exactly, up to the quotient.
 */
export function topError(
  { value, error }: Bounded,
  { perMillion }: NodeOf<'top'>,
  weights: NamedArray,
  rounding: (value: number) => number,
): Bounded {
  const x = value.data;
  const k = topCount(x.length, perMillion);
  const off = (at: number): number => error[at] ?? 0;
  const kth = (sign: 1 | -1): number =>
    x.map((element, at) => element + sign * off(at)).toSorted((a, b) => b - a)[k - 1] ?? Number.NaN;
  const [lowest, highest] = [kth(-1), kth(1)];
  const isAbove = (at: number): boolean => (x[at] ?? 0) - off(at) > highest;
  const isBelow = (at: number): boolean => (x[at] ?? 0) + off(at) < lowest;
  const all = Array.from(x, (_, at) => at);
  const near = all.filter((at) => !isAbove(at) && !isBelow(at));
  const places = k - all.filter(isAbove).length;
  const isNear = new Set(near);
  const known = near.every((at) => off(at) === 0);
  return {
    value: weights,
    error: weights.data.map((weight, at) => {
      if (!isNear.has(at) || places === near.length) return 0;
      if (known) return Number.isInteger(weight) ? 0 : rounding(weight);
      return Math.max(weight, 1 - weight);
    }),
  };
}
