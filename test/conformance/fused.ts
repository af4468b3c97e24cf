import { compile, type Program, scheduleOf } from '@softdice/core';
import {
  type Fused,
  type FusedInputs,
  type FusedLoss,
  fusedLoss,
  fusedOf,
  type Layout,
  memoryPool,
} from '@softdice/core/wasm';
import { evaluated } from '../../packages/core/src/wasm/host/fused-loss.js';
import { float32 } from '../tolerance/precision.js';
import { arrayIn, permuted } from './array-layout.js';
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
      const inputs: FusedInputs = {
        prediction: arrayIn(layout, rank, batch.prediction),
        target: arrayIn(layout, rank, batch.target),
        ...(batch.mask === undefined ? {} : { mask: arrayIn(layout, rank, batch.mask) }),
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
  const kernels = fusedOf(program, () => block) as Fused<Program>;
  return (inputs) => evaluated(kernels, layout, memoryPool(), inputs);
}
