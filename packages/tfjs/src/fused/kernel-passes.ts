import type { Program } from '@softdice/core';
import * as tf from '@tensorflow/tfjs';
import type { CompleteOptions } from '../options.js';
import { type FusedPasses, fusedPasses } from './fused-passes.js';

/** The fused passes of a program, made for the backend of the moment, of each kind when it is first met. */
export function kernelPasses(
  program: Program,
  { layout, shaders }: Pick<CompleteOptions, 'layout' | 'shaders'>,
): FusedPasses {
  const kernels = once(() => fusedPasses(program, layout));
  const shading = shaders === undefined ? kernels : once(() => shaders(program, layout));
  const chosen = (): FusedPasses => (tf.getBackend() === 'webgpu' ? shading : kernels)();
  return {
    problem: () => chosen().problem(),
    forward: (inputs, next) => chosen().forward(inputs, next),
  };
}

/** The value of f, which is called when it is first asked for. */
function once<Value>(f: () => Value): () => Value {
  let value: Value | undefined;
  return () => {
    value ??= f();
    return value;
  };
}
