import type { NamedArray, Program } from '@softdice/core';
import { coefficientInputs, fusedOf } from '@softdice/core/wasm';
import * as tf from '@tensorflow/tfjs';
import type { Layout } from '../layout.js';
import type { FirstPass } from '../passes.js';
import { predictedSizes } from './home.js';
import { backendProblem, homeOf, type Kernelled, refuseKernels, summedBy } from './kernelled.js';

/** The passes of a program by fused kernels. */
export type FusedPasses = Kernelled<FirstPass>;

/** Makes the fused passes of a program; kernels are compiled when they are first used. */
export function fusedPasses(program: Program, layout: Layout): FusedPasses {
  const fused = fusedOf(program);
  if ('reason' in fused) {
    const { reason } = fused;
    return { problem: () => reason, forward: () => refuseKernels(reason) };
  }
  const home = homeOf(fused, layout);
  return {
    problem: () =>
      tf.getBackend() === 'webgpu'
        ? 'the option shaders is not given, without which webgpu has ops'
        : backendProblem(),
    forward: (inputs, next) => {
      const sizes = predictedSizes(layout, inputs);
      const output = next === 'gradient' ? home().output(inputs.prediction.shape) : undefined;
      const swept =
        output === undefined
          ? home().place(inputs, sizes, fused.forward)
          : output.place(inputs, sizes, true, fused.forward);
      return {
        ...summedBy(fused, swept),
        saved: [inputs.prediction],
        backward: (others, [prediction = inputs.prediction], cotangent) => {
          const to = output ?? home().output(prediction.shape);
          const outer = cotangent && arrayOf(program, cotangent);
          const factors = coefficientInputs(program, swept.statistics, outer);
          to.place({ ...others, prediction }, sizes, output !== undefined, (placed) =>
            fused.backward(placed, swept, factors),
          );
          return to.tensor();
        },
      };
    },
  };
}

function arrayOf({ head }: Program, cotangent: tf.Tensor): NamedArray {
  const { axes } = head.loss;
  return { axes, shape: cotangent.shape, data: Float64Array.from(cotangent.dataSync()) };
}
