import type { Routine } from '../assembler/routine.js';
import { f32x4, i32x4, type V128, v128 } from '../assembler/values.js';
import { ln2 } from './exp.js';
import { polynomial } from './polynomial.js';

/** (log(1 + d) - d + d^2 / 2) / d^3 for 1 + d from √½ to √2, off by 5.8e-9 of log(1 + d). */
const coefficients: readonly number[] = [
  0.3333333170838346, -0.2500082103456688, 0.2000122682849442, -0.16623357298523592,
  0.14201758924154392, -0.13160183720803498, 0.12761571654221843, -0.0763448668815338,
];

/** The bits of √½: from there a mantissa counts to √2. */
const rootOfHalf = 0x3f3504f3;

/** x = 2^exponent mantissa, the mantissa from √½ to √2, for x > 0. */
export function parts(f: Routine, x: V128): { readonly exponent: V128; readonly mantissa: V128 } {
  const c = (value: number): V128 => f.constant(f32x4.const(value));
  const integer = (value: number): V128 => f.constant(i32x4.splatConst(value));
  // Numbers below 2^-126 have no exponent of their own.
  const tiny = f.keep(f32x4.less(x, c(2 ** -126)));
  const normal = f.keep(v128.select(f32x4.mul(x, c(2 ** 24)), x, tiny));
  const steps = f.keep(i32x4.shiftRight(i32x4.sub(normal, integer(rootOfHalf)), 23));
  return {
    mantissa: f.keep(i32x4.sub(normal, i32x4.shiftLeft(steps, 23))),
    exponent: f.keep(i32x4.sub(steps, v128.and(tiny, integer(24)))),
  };
}

/**
 * log x of four float32, within 2 ulp or 1e-7 near 1; -infinity at 0, NaN below 0 and for what is not finite.
 *
 * log x = n log 2 + log m with x = 2^n m.
 */
export function log(f: Routine, x: V128): V128 {
  const c = (value: number): V128 => f.constant(f32x4.const(value));
  const { exponent, mantissa } = parts(f, x);
  const n = f.keep(f32x4.fromIntegers(exponent));
  const d = f.keep(f32x4.sub(mantissa, c(1)));
  const square = f.keep(f32x4.mul(d, d));
  const cubic = f32x4.mul(
    f32x4.mul(polynomial(coefficients.map(c), d, f32x4.mul, f32x4.add), d),
    square,
  );
  const small = f32x4.sub(f32x4.add(cubic, f32x4.mul(n, c(ln2[1]))), f32x4.mul(square, c(0.5)));
  const sum = f32x4.add(f32x4.add(d, small), f32x4.mul(n, c(ln2[0])));
  // x - x is 0, or NaN for what is not finite; below 0 the root of x is NaN too.
  const checked = f32x4.add(sum, f32x4.mul(f32x4.sqrt(x), c(0)));
  return f.keep(v128.select(c(Number.NEGATIVE_INFINITY), checked, f32x4.equal(x, c(0))));
}
