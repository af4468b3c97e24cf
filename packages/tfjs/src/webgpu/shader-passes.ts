import { type Program, scheduleOf } from '@softdice/core';
import {
  type HeadPart,
  type Shader,
  type ShaderStep,
  type Shaders,
  shadersOf,
} from '@softdice/core/wgsl';
import * as tf from '@tensorflow/tfjs';
import type { FusedPasses } from '../fused/fused-passes.js';
import { refuseKernels } from '../fused/kernelled.js';
import type { Layout } from '../layout.js';
import { sizesOf } from '../placement.js';
import { type Buffers, shaderRunner } from './device.js';

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
  const { problem, run } = shaderRunner();
  const known = new Map<string, Shaders>();
  const shadersFor = (samples: number, channels: number): Shaders => {
    const key = `${samples} ${channels}`;
    const made = known.get(key) ?? shadersOf(program, schedule, { samples, channels, layout });
    known.set(key, made);
    return made;
  };
  /** Runs shaders one after the other and keeps what is wanted of their results. */
  const results = (
    steps: readonly ShaderStep[],
    buffers: Buffers,
    voxels: number,
    wanted: readonly string[],
  ): readonly tf.Tensor[] =>
    tf.tidy(() => {
      let all = buffers;
      for (const { shader, to } of steps) all = { ...all, [to]: run(shader, all, voxels) };
      return wanted.flatMap((name) => all[name] ?? []);
    });
  return {
    problem,
    forward: (inputs) => {
      const { prediction } = inputs;
      const { sample = 1, channel = 1, voxel = 1 } = sizesOf(layout, prediction.shape);
      const made = shadersFor(sample, channel);
      const named = (sums: readonly tf.Tensor[]): Buffers =>
        Object.fromEntries(made.sums.map((name, at) => [name, sums[at]]));
      const sums = results(made.forward, { ...inputs }, voxel, made.sums);
      const ofSums = (shader: Shader): tf.Tensor1D => run(shader, named(sums), voxel);
      let said: tf.Tensor1D | undefined;
      const part = (at: HeadPart): tf.Tensor => {
        said ??= ofSums(made.head);
        return partOf(said, at);
      };
      return {
        saved: [prediction, ...sums],
        // Training asks for the loss alone.
        head: (node) =>
          node === program.head.loss
            ? tf.tidy(() => partOf(ofSums(made.loss), made.lossPart))
            : part(made.headPart(node)),
        statistics: () =>
          Object.fromEntries(Object.entries(made.statistics).map(([name, at]) => [name, part(at)])),
        backward: (others, [saved = prediction, ...savedSums], outer, shape) =>
          tf.tidy(() => {
            const steps = outer === undefined ? made.backwardOfOnes : made.backward;
            const all = { ...others, ...named(savedSums), prediction: saved, cotangent: outer };
            const [gradient] = results(steps, all, voxel, ['gradient']);
            if (gradient === undefined) throw new TypeError('a program has a gradient');
            return tf.reshape(gradient, [...shape]);
          }),
      };
    },
  };
}

/** A part of a result; the whole is not copied. */
function partOf(result: tf.Tensor1D, { first, shape }: HeadPart): tf.Tensor {
  const size = tf.util.sizeFromShape([...shape]);
  return tf.tidy(() =>
    tf.reshape(size === result.size ? result : tf.slice(result, first, size), [...shape]),
  );
}
