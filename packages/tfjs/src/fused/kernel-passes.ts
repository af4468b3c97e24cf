import type { Program } from '@softdice/core';
import * as tf from '@tensorflow/tfjs';
import type { CompleteOptions } from '../options.js';
import { type FusedPasses, fusedPasses } from './fused-passes.js';

/** The fused passes of a program, made for the backend of the moment, of each kind when it is first met. */
export function kernelPasses(
  program: Program,
  { layout, shaders }: Pick<CompleteOptions, 'layout' | 'shaders'>,
): FusedPasses {
  let kernels: FusedPasses | undefined;
  let shading: FusedPasses | undefined;
  const chosen = (): FusedPasses => {
    if (shaders !== undefined && tf.getBackend() === 'webgpu') {
      shading ??= shaders(program, layout);
      return shading;
    }
    kernels ??= fusedPasses(program, layout);
    return kernels;
  };
  return {
    problem: () => chosen().problem(),
    forward: (inputs, next) => chosen().forward(inputs, next),
  };
}
