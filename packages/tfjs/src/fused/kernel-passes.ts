import type { Program } from '@softdice/core';
import * as tf from '@tensorflow/tfjs';
import type { CompleteOptions } from '../options.js';
import { type FusedPasses, fusedPasses } from './fused-passes.js';

/** The fused passes of a program, made for the backend of the moment. */
export function kernelPasses(
  program: Program,
  { layout, shaders }: Pick<CompleteOptions, 'layout' | 'shaders'>,
): FusedPasses {
  const kernels = fusedPasses(program, layout);
  const shading = shaders?.(program, layout) ?? kernels;
  const chosen = (): FusedPasses => (tf.getBackend() === 'webgpu' ? shading : kernels);
  return {
    problem: () => chosen().problem(),
    forward: (inputs, next) => chosen().forward(inputs, next),
  };
}
