import type { Routine } from '../assembler/routine.js';
import { f32x4, type V128, v128 } from '../assembler/values.js';

/** Four values: numbers, integers, or comparisons with all bits of a lane set where they hold. */
export interface Lanes {
  readonly kind: 'real' | 'integer' | 'mask';
  readonly value: V128;
}

export function real(value: V128): Lanes {
  return { kind: 'real', value };
}

export function mask(value: V128): Lanes {
  return { kind: 'mask', value };
}

/** The values as numbers: 1 where a comparison holds, else 0. */
export function asReal(f: Routine, { kind, value }: Lanes): V128 {
  switch (kind) {
    case 'real':
      return value;
    case 'integer':
      return f.keep(f32x4.fromIntegers(value));
    case 'mask':
      return f.keep(v128.and(value, f.constant(f32x4.const(1))));
  }
}
