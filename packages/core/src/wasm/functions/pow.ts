import type { Routine } from '../assembler/routine.js';
import { f32x4, f64x2, i32x4, type V128, v128 } from '../assembler/values.js';
import { parts } from './log.js';
import { polynomial } from './polynomial.js';

/**
 * x^k of four float32 for x >= 0; what rounding left below 0 counts as 0.
 *
 * Whole powers and their products with a square root are products, exact where those are. Any other
 * is 2^(k log2 x) in float64, whose result is within 1 ulp in float32.
 */
export function pow(f: Routine, x: V128, k: number): V128 {
  if (k === 0) return f.constant(f32x4.const(1));
  if (Number.isInteger(k) && k > 0 && k <= 16) return product(f, x, k);
  const base = f.keep(f32x4.pmax(x, f.constant(f32x4.const(0))));
  if (Number.isInteger(2 * k) && k > 0 && k <= 16) {
    const root = f.keep(f32x4.sqrt(base));
    return k === 0.5 ? root : f.keep(f32x4.mul(product(f, base, k - 0.5), root));
  }
  return general(f, base, k);
}

function product(f: Routine, x: V128, k: number): V128 {
  if (k === 1) return x;
  if (k % 2 === 1) return f.keep(f32x4.mul(x, product(f, x, k - 1)));
  const half = product(f, x, k / 2);
  return f.keep(f32x4.mul(half, half));
}

/** 2 / ((2 i + 1) log 2): log2 m = sum of these times s^(2 i + 1), s = (m - 1) / (m + 1). */
const log2Series: readonly number[] = Array.from(
  { length: 8 },
  (_, i) => 2 / ((2 * i + 1) * Math.LN2),
);

/** log(2)^i / i!: the series of 2^t for |t| <= 1/2, off by 2e-12 of it. */
const powerOf2Series: readonly number[] = Array.from({ length: 11 }, (_, i) =>
  Array.from({ length: i }, (_, j) => Math.LN2 / (j + 1)).reduce((a, b) => a * b, 1),
);

function general(f: Routine, x: V128, k: number): V128 {
  const { exponent, mantissa } = parts(f, x);
  const low = half(f, exponent, mantissa, k);
  const upper = (v: V128): V128 => f.keep(v128.lanes(v, v, [2, 3, 2, 3]));
  const high = half(f, upper(exponent), upper(mantissa), k);
  const joined = f.keep(v128.lanes(low, high, [0, 1, 4, 5]));
  const atZero = f.constant(f32x4.const(k > 0 ? 0 : Number.POSITIVE_INFINITY));
  const isZero = f32x4.equal(x, f.constant(f32x4.const(0)));
  return f.keep(v128.select(atZero, joined, isZero));
}

/** Of the numbers whose parts are in the low two lanes: their powers, in the low two lanes. */
function half(f: Routine, exponent: V128, mantissa: V128, k: number): V128 {
  const c = (value: number): V128 => f.constant(f64x2.const(value));
  const m = f.keep(f64x2.promote(mantissa));
  const s = f.keep(f64x2.div(f64x2.sub(m, c(1)), f64x2.add(m, c(1))));
  const square = f.keep(f64x2.mul(s, s));
  const log2 = f64x2.mul(polynomial(log2Series.map(c), square, f64x2.mul, f64x2.add), s);
  const scaled = f64x2.mul(f64x2.add(log2, f64x2.fromIntegers(exponent)), c(k));
  // Beyond these float32 has 0 and infinity, which the last product makes.
  const y = f.keep(f64x2.pmin(f64x2.pmax(scaled, c(-200)), c(200)));
  const n = f.keep(f64x2.nearest(y));
  const t = f.keep(f64x2.sub(y, n));
  const fraction = polynomial(powerOf2Series.map(c), t, f64x2.mul, f64x2.add);
  // 2^n by the exponent bits of two factors: one of them alone could leave the range of float32.
  const whole = f.keep(i32x4.fromDoubles(n));
  const part = f.keep(i32x4.shiftRight(whole, 1));
  const factor = (e: V128): V128 =>
    i32x4.shiftLeft(i32x4.add(e, f.constant(i32x4.splatConst(127))), 23);
  const raised = f32x4.mul(f32x4.demote(fraction), factor(part));
  return f.keep(f32x4.mul(raised, factor(i32x4.sub(whole, part))));
}
