import { pointwise } from './grid-ops.js';
import type { NamedArray } from './named-array.js';

/** The numbers of a score, NaN where one is not defined. */
export function scored(value: NamedArray, defined: NamedArray): NamedArray {
  return pointwise(value, defined, (number, holds) => (holds === 1 ? number : Number.NaN));
}
