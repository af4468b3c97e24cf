import { compile, type Program, scheduleOf } from '@softdice/core';
import {
  type Fused,
  type FusedInputs,
  type FusedLoss,
  fusedLoss,
  fusedOf,
  type Layout,
  memoryPool,
  type Numbers,
} from '@softdice/core/wasm';
import { evaluated } from '../../packages/core/src/wasm/host/typed-arrays.js';
import type { Tensor } from '../arbitraries/batch.js';
import { float32 } from '../tolerance/precision.js';
import { interpreter } from './interpreter.js';
import type { Target } from './target.js';

/**
 * Fused kernels on typed arrays, without a tensor library.
 *
 * @param block - Voxels of a block; by default as many as are right for the size of the batch.
 */
export function fused(layout: Layout, block?: number): Target {
  return {
    name: `fused kernels, ${layout}`,
    precision: float32,
    evaluate: async (spec, batch, cotangent) => {
      // What no sweep can compute is refused, and judged on the backends that can.
      const program = compile(spec, { spatialRank: 2 });
      if ('reason' in scheduleOf(program)) {
        return interpreter.evaluate(spec, batch, cotangent);
      }
      const rank = batch.prediction.shape.length;
      const moved = ({ shape, data }: Tensor): Numbers =>
        shape.length === rank && layout === 'channelsLast'
          ? { shape: toLast(shape), data: permuted(shape, data, 'toLast') }
          : { shape, data };
      const inputs: FusedInputs = {
        prediction: moved(batch.prediction),
        target: moved(batch.target),
        ...(batch.mask === undefined ? {} : { mask: moved(batch.mask) }),
        ...(cotangent === undefined ? {} : { cotangent }),
      };
      const { loss, gradient, scores, statistics } = lossOf(program, layout, block)(inputs);
      const { shape } = batch.prediction;
      const data = layout === 'channelsLast' ? permuted(shape, [...gradient], 'toFirst') : gradient;
      return { loss, gradient: { shape, data }, scores, statistics };
    },
  };
}

function lossOf(program: Program, layout: Layout, block: number | undefined): FusedLoss {
  if (block === undefined) return fusedLoss(program, { layout });
  const kernels = fusedOf(program, () => block) as Fused;
  return (inputs) => evaluated(kernels, layout, memoryPool(), inputs);
}

function toLast([samples = 0, channels = 0, ...spatial]: readonly number[]): readonly number[] {
  return [samples, ...spatial, channels];
}

/** Moves the channels of a tensor, whose shape is given channels first. */
function permuted(
  [samples = 1, channels = 1, ...spatial]: readonly number[],
  data: readonly number[],
  direction: 'toLast' | 'toFirst',
): readonly number[] {
  const voxels = spatial.reduce((product, size) => product * size, 1);
  return Array.from({ length: samples * channels * voxels }, (_, at) => {
    const sample = Math.floor(at / (channels * voxels));
    const within = at % (channels * voxels);
    const from =
      direction === 'toLast'
        ? (within % channels) * voxels + Math.floor(within / channels)
        : (within % voxels) * channels + Math.floor(within / voxels);
    return data[sample * channels * voxels + from] ?? Number.NaN;
  });
}
