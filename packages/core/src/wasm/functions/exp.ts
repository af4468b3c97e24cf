import type { Routine } from '../assembler/routine.js';
import { f32x4, i32x4, type V128, v128 } from '../assembler/values.js';
import { polynomial } from './polynomial.js';

/** (e^r - 1 - r) / r^2 for |r| <= log(2) / 2, off by 3.1e-9 of e^r: fitted by Lawson's iteration. */
const coefficients: readonly number[] = [
  0.49999993447783014, 0.16666520631623938, 0.0416683880477892, 0.008368716887658018,
  0.001381459853678407,
];

/** log(2) in two parts, the first short enough that its product with a whole number is exact. */
export const ln2: readonly [number, number] = [0.693359375, -2.1219444005469057e-4];

/** Added and taken away again, it leaves the nearest whole number, which its low bits then show. */
const magic = 1.5 * 2 ** 23;

/**
 * e^x of four float32, within 2 ulp; 0 below log(2^-126), infinite above log(2^128), NaN for NaN.
 *
 * e^x = 2^n e^r with n = round(x / log 2), r = x - n log 2 (Cody and Waite 1980).
 *
 * @param range - `'nonPositive'` where no x is above 0, so that nothing can overflow.
 */
export function exp(f: Routine, x: V128, range: 'any' | 'nonPositive' = 'any'): V128 {
  const c = (value: number): V128 => f.constant(f32x4.const(value));
  const raised = f.keep(f32x4.add(f32x4.mul(x, c(Math.LOG2E)), c(magic)));
  const n = f.keep(f32x4.sub(raised, c(magic)));
  const high = f32x4.sub(x, f32x4.mul(n, c(ln2[0])));
  const r = f.keep(f32x4.sub(high, f32x4.mul(n, c(ln2[1]))));
  const q = polynomial(coefficients.map(c), r, f32x4.mul, f32x4.add);
  const power = f32x4.add(f32x4.add(f32x4.mul(f32x4.mul(q, r), r), r), c(1));
  const scaled = i32x4.add(power, i32x4.shiftLeft(raised, 23));
  // Where x is NaN no comparison holds, and NaN stays.
  const result = v128.andNot(scaled, f32x4.less(x, c(-87.33654)));
  if (range === 'nonPositive') return f.keep(result);
  const overflows = f32x4.less(c(88.72283), x);
  return f.keep(v128.select(c(Number.POSITIVE_INFINITY), result, overflows));
}
