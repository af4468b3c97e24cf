import type { V128 } from '../assembler/values.js';

type Binary = (a: V128, b: V128) => V128;

/** Horner's scheme: c0 + x (c1 + x (c2 + …)). */
export function polynomial(
  coefficients: readonly V128[],
  x: V128,
  multiply: Binary,
  add: Binary,
): V128 {
  return coefficients.reduceRight((sum, coefficient) => add(multiply(sum, x), coefficient));
}
