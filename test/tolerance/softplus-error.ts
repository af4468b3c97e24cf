import type { NamedArray } from '@softdice/core';
import { type Bounded, bounded } from './bounded.js';
import type { Precision } from './precision.js';

/**
 * log(1 + e^x) = max(x, 0) + log(1 + z), z = e^-|x|. Its slope is at most 1; the exponential, the
 * addition to 1, whose rounding is absolute, the logarithm and the last addition make their errors.
 */
export function softplusError(x: Bounded, result: NamedArray, precision: Precision): Bounded {
  const { unit: u, underflow } = precision;
  return bounded(result, [x], (r, [value, error]) => {
    // z rounds away beside 1: the result is 0, or x itself.
    if (Math.abs(value) - error > precision.vanishes) return value < 0 ? underflow : error;
    const z = Math.exp(-Math.abs(value));
    const logarithm = Math.log1p(z);
    const own = u * (precision.exp * z + 1 + precision.log * (logarithm + 1) + Math.abs(r));
    return error + own + 2 * underflow;
  });
}
