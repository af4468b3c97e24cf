import type { Plan } from '@softdice/core';
import type { PredictionSizes } from '../activations/activation.js';

/** What a mask makes of the inputs before anything else is done with them. */
export interface MaskedInputs {
  /** Values `[N, C, voxels]` with 0 where the mask is: the prediction, target planes, or a gradient. */
  readonly planes: (values: ArrayLike<number>) => Float64Array;
  /** Labels `[N, voxels]` with label 0 where the mask is 0. */
  readonly labels: (values: ArrayLike<number>) => Float64Array;
}

/**
 * Prediction and target times a mask of 0 and 1, with voxels 'masked-inputs'; undefined with others.
 *
 * The derivative by the prediction has the factor too.
 * Source: MONAI 1.5.0 `MaskedLoss`, monai/losses/spatial_mask.py: `loss(input * mask, target * mask)`.
 */
export function maskedInputs(
  { voxels }: Plan,
  mask: ArrayLike<number>,
  sizes: PredictionSizes,
): MaskedInputs | undefined {
  if (voxels.kind !== 'masked-inputs') return undefined;
  const kept = (voxel: number): number => (mask[voxel] === 0 ? 0 : 1);
  const plane = sizes.voxels * sizes.channels;
  return {
    planes: (values) =>
      Float64Array.from(values, (value, at) => {
        const sample = Math.floor(at / plane);
        return value * kept(sample * sizes.voxels + (at % sizes.voxels));
      }),
    labels: (values) => Float64Array.from(values, (label, at) => label * kept(at)),
  };
}
