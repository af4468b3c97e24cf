import type { Tensor } from '@softdice/reference';
import type { Afterwards, NotOurs } from './peer-loss.js';

/** Keras' reductions, synonyms merged. */
export type KerasReduction = 'mean' | 'sum' | 'none' | 'mean_with_sample_weight';

/** The shape of the losses before they are reduced. */
export function gridOf(
  per: 'image' | 'batch' | 'merged-image' | 'everything',
  [samples = 1, channels = 1]: readonly number[],
): readonly number[] {
  const grids = { image: [samples, channels], batch: [channels], 'merged-image': [samples] };
  return per === 'everything' ? [] : grids[per];
}

/**
 * What `sample_weight` does: it multiplies the losses after the score, so that no voxel is weighted
 * and the definition of the loss does not know it.
 *
 * Source: Keras 3.16, keras/src/losses/loss.py (`reduce_weighted_values`, `reduce_values`).
 */
export function sampleWeighted(
  weight: Tensor,
  grid: readonly number[],
  reduction: KerasReduction,
): Afterwards | NotOurs {
  const weights = Array.from(weight.data);
  const total = weights.reduce((sum, value) => sum + value, 0);
  const broadcast = broadcastOver(weight, grid);
  if (broadcast === undefined) {
    return { notOurs: `sample_weight of shape [${weight.shape}] meets losses of shape [${grid}]` };
  }
  const divisors = { mean: broadcast.length, sum: 1, none: 1, mean_with_sample_weight: total };
  const divisor = divisors[reduction];
  // Keras divides by 0 to 0.
  const factors = broadcast.map((value) => (divisor === 0 ? 0 : value / divisor));
  return { factors, add: reduction !== 'none' };
}

/** One weight per loss where every sample has its own, as Keras aligns the shapes. */
function broadcastOver(weight: Tensor, grid: readonly number[]): readonly number[] | undefined {
  const [samples = 0, classes = 1] = grid;
  const weights = Array.from(weight.data);
  const perSample = weight.shape[0] === samples && weights.length === samples;
  // Against [N, C] a list of N weights would align with the classes, but for one class.
  const aligned = grid.length === 1 || weight.shape.length === 2 || classes === 1;
  if (grid.length === 0 || !perSample || !aligned) return undefined;
  return weights.flatMap((value) => Array<number>(classes).fill(value));
}
