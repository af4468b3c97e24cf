import type { Plan } from '@softdice/core';
import type { PredictionSizes } from '../activations/activation.js';
import type { Tensor } from '../tensor.js';
import { type MaskedInputs, maskedInputs } from './masked-inputs.js';
import { channelPlanes, labelPlanes, type TargetPlanes } from './target-planes.js';
import { type VoxelWeights, voxelWeights } from './voxel-weights.js';

/** Checked inputs as the terms read them, spatial axes as one. */
export interface VoxelData {
  readonly sizes: PredictionSizes;
  /** Sizes of the spatial axes. */
  readonly spatial: readonly number[];
  /** `[N, C, voxels]`, before any activation. */
  readonly prediction: Float64Array;
  /** The encoded target before rescaling. */
  readonly target: TargetPlanes;
  readonly rescale: Plan['rescale'];
  readonly weights: VoxelWeights;
  /** What a mask of the inputs does, where the plan has one. */
  readonly masked: MaskedInputs | undefined;
}

/** Sizes of a prediction `[N, C, ...spatial]`. */
export function sizesOf(shape: readonly number[]): PredictionSizes {
  const [samples = 0, channels = 0, ...spatial] = shape;
  return { samples, channels, voxels: spatial.reduce((size, axis) => size * axis, 1) };
}

/** The inputs of a plan, whose shapes and values have been checked. */
export function voxelData(
  plan: Plan,
  prediction: Tensor,
  target: Tensor,
  mask: Tensor | undefined,
): VoxelData {
  const sizes = sizesOf(prediction.shape);
  const masked = maskedInputs(plan, mask?.data ?? [], sizes);
  const values = withoutIgnored(plan, target.data);
  return {
    sizes,
    spatial: prediction.shape.slice(2),
    prediction: masked?.planes(prediction.data) ?? Float64Array.from(prediction.data),
    target:
      plan.target.kind === 'labels'
        ? labelPlanes(masked?.labels(target.data) ?? target.data)
        : channelPlanes(masked?.planes(values) ?? values, sizes.channels),
    rescale: plan.rescale,
    masked,
    weights: voxelWeights(plan, { sizes, target: target.data, mask: mask?.data ?? [] }),
  };
}

/** The ignored value is no probability: it becomes 0, so that no power or product sees it. */
function withoutIgnored({ target }: Plan, values: ArrayLike<number>): ArrayLike<number> {
  const ignore = 'ignore' in target ? target.ignore : undefined;
  if (ignore === undefined) return values;
  return Float64Array.from(values, (value) => (value === ignore ? 0 : value));
}
