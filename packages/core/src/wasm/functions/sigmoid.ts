import type { Routine } from '../assembler/routine.js';
import { f32x4, type V128, v128 } from '../assembler/values.js';
import { exp } from './exp.js';
import { log } from './log.js';

function decay(f: Routine, x: V128): V128 {
  const negative = f.keep(f32x4.sub(f.constant(f32x4.const(0)), f32x4.abs(x)));
  return exp(f, negative, 'nonPositive');
}

/** 1 / (1 + e^-x) of four float32: z / (1 + z) below 0, with z = e^-|x|, so that no value overflows. */
export function sigmoid(f: Routine, x: V128): V128 {
  const one = f.constant(f32x4.const(1));
  const z = decay(f, x);
  const top = v128.select(z, one, f32x4.less(x, f.constant(f32x4.const(0))));
  return f.keep(f32x4.div(top, f32x4.add(one, z)));
}

/** log(1 + e^x) of four float32 as max(x, 0) + log(1 + e^-|x|). */
export function softplus(f: Routine, x: V128): V128 {
  const z = decay(f, x);
  const rest = log(f, f.keep(f32x4.add(f.constant(f32x4.const(1)), z)));
  return f.keep(f32x4.add(f32x4.pmax(x, f.constant(f32x4.const(0))), rest));
}
