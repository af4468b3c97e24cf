import { type Program, scheduleOf } from '@softdice/core';
import { type HeadPart, type ShaderStep, type Shaders, shadersOf } from '@softdice/core/wgsl';
import * as tf from '@tensorflow/tfjs';
import type { FusedPasses } from '../fused/fused-passes.js';
import { refuseKernels } from '../fused/kernelled.js';
import type { Layout } from '../layout.js';
import { sizesOf } from '../placement.js';
import { type Buffers, deviceProblem, run } from './device.js';

/**
 * Computes losses on tfjs's WebGPU backend by compute shaders, given as the option `shaders`: each sweep over
 * the voxels is one, written from the loss and compiled when it is first used. Tensors are read where they
 * lie, and nothing waits for the device. What cannot be swept, and other backends, go on as without.
 *
 * @example
 * ```ts
 * import { dice, lossFunction } from '@softdice/tfjs';
 *
 * const loss = lossFunction(dice({ activation: 'softmax' }), { shaders });
 * ```
 */
export function shaders(program: Program, layout: Layout): FusedPasses {
  const schedule = scheduleOf(program);
  if ('reason' in schedule) {
    const { reason } = schedule;
    return { problem: () => reason, forward: () => refuseKernels(reason) };
  }
  const known = new Map<string, Shaders>();
  const shadersFor = (samples: number, channels: number): Shaders => {
    const key = `${samples} ${channels}`;
    const made = known.get(key) ?? shadersOf(program, schedule, { samples, channels, layout });
    known.set(key, made);
    return made;
  };
  return {
    problem: deviceProblem,
    forward: (inputs) => {
      const { prediction } = inputs;
      const { sample = 1, channel = 1, voxel = 1 } = sizesOf(layout, prediction.shape);
      const made = shadersFor(sample, channel);
      const named = (sums: readonly tf.Tensor[]): Buffers =>
        Object.fromEntries(made.sums.map((name, at) => [name, sums[at]]));
      const sums = results(made.forward, { ...inputs }, voxel, made.sums);
      const said = run(made.head, named(sums), voxel);
      const part = ({ first, shape }: HeadPart): tf.Tensor =>
        tf.tidy(() =>
          tf.reshape(tf.slice(said, first, tf.util.sizeFromShape([...shape])), [...shape]),
        );
      return {
        saved: [prediction, ...sums],
        head: (node) => part(made.headPart(node)),
        statistics: () =>
          Object.fromEntries(Object.entries(made.statistics).map(([name, at]) => [name, part(at)])),
        backward: (others, [saved = prediction, ...savedSums], outer, shape) =>
          tf.tidy(() => {
            const cotangent = outer ?? tf.ones([...made.headPart(program.head.loss).shape]);
            const buffers = { ...others, ...named(savedSums), prediction: saved, cotangent };
            const [gradient] = results(made.backward, buffers, voxel, ['gradient']);
            if (gradient === undefined) throw new TypeError('a program has a gradient');
            return tf.reshape(gradient, [...shape]);
          }),
      };
    },
  };
}

/** Runs shaders one after the other and keeps what is wanted of their results. */
function results(
  steps: readonly ShaderStep[],
  buffers: Buffers,
  voxels: number,
  wanted: readonly string[],
): readonly tf.Tensor[] {
  return tf.tidy(() => {
    let all = buffers;
    for (const { shader, to } of steps) all = { ...all, [to]: run(shader, all, voxels) };
    return wanted.flatMap((name) => all[name] ?? []);
  });
}
