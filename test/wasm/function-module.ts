import { moduleBytes } from '../../packages/core/src/wasm/assembler/module.js';
import {
  parameter,
  type Routine,
  routine,
} from '../../packages/core/src/wasm/assembler/routine.js';
import { i32, type V128, v128 } from '../../packages/core/src/wasm/assembler/values.js';
import { exp } from '../../packages/core/src/wasm/functions/exp.js';
import { log } from '../../packages/core/src/wasm/functions/log.js';
import { pow } from '../../packages/core/src/wasm/functions/pow.js';
import { sigmoid, softplus } from '../../packages/core/src/wasm/functions/sigmoid.js';

/** A function that the kernels compute by themselves. */
export type KernelFunction =
  | 'exp'
  | 'log'
  | 'sigmoid'
  | 'softplus'
  | { readonly kind: 'pow'; readonly exponent: number };

/**
 * A module that imports `env.memory` and exports `map(address, bytes)`, which applies a function to
 * float32 numbers in place, as the kernels do: to judge it by. `bytes` is a multiple of 16.
 */
export function functionModule(name: KernelFunction): Uint8Array<ArrayBuffer> {
  const map = routine(['i32', 'i32'], (f) => {
    f.count(parameter('i32', 1).get, 16, (offset) => {
      const address = f.keep(i32.add(parameter('i32', 0).get, offset));
      f.do(v128.store(address, applied(f, name, f.keep(v128.load(address)))));
    });
  });
  return moduleBytes([{ name: 'map', routine: map, exported: true }], false);
}

function applied(f: Routine, name: KernelFunction, x: V128): V128 {
  switch (name) {
    case 'exp':
      return exp(f, x);
    case 'log':
      return log(f, x);
    case 'sigmoid':
      return sigmoid(f, x);
    case 'softplus':
      return softplus(f, x);
    default:
      return pow(f, x, name.exponent);
  }
}
