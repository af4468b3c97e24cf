import type { Given } from '@softdice/core';
import type { PredictionSizes } from '../activations/activation.js';

/** The weights w of the voxels of one sample, as a channel sees them. */
export type VoxelWeights = (sample: number, channel: number) => Float64Array;

interface Sources {
  readonly sizes: PredictionSizes;
  readonly target: ArrayLike<number>;
  readonly mask: ArrayLike<number>;
}

/** Weights of all voxels `[N, planes, voxels]`, one plane for all channels or one for each. */
interface WeightPlanes {
  readonly planes: number;
  readonly data: Float64Array;
}

const one = ({ samples, voxels }: PredictionSizes): number => samples * voxels;
const counts = (value: number): number => (value === 0 ? 0 : 1);

const rules: { readonly [K in Given['voxels']['kind']]: (sources: Sources) => WeightPlanes } = {
  all: ({ sizes }) => ({ planes: 1, data: new Float64Array(one(sizes)).fill(1) }),
  'masked-inputs': ({ sizes }) => ({ planes: 1, data: new Float64Array(one(sizes)).fill(1) }),
  mask: ({ mask }) => ({ planes: 1, data: Float64Array.from(mask, counts) }),
  'channel-mask': ({ mask, sizes }) => ({
    planes: sizes.channels,
    data: Float64Array.from(mask, counts),
  }),
  weights: ({ mask }) => ({ planes: 1, data: Float64Array.from(mask) }),
  'target-mass': ({ target, sizes }) => ({ planes: 1, data: massOverChannels(target, sizes) }),
};

/** The factor w of every voxel sum; 0 where the target is the ignore label. */
export function voxelWeights(plan: Given, sources: Sources): VoxelWeights {
  const { planes, data } = rules[plan.voxels.kind](sources);
  const { voxels } = sources.sizes;
  const ignore = 'ignore' in plan.target ? plan.target.ignore : undefined;
  if (ignore !== undefined) {
    for (let at = 0; at < data.length; at += 1) {
      const sample = Math.floor(at / (planes * voxels));
      if (sources.target[sample * voxels + (at % voxels)] === ignore) data[at] = 0;
    }
  }
  return (sample, channel) => {
    const first = (sample * planes + (planes === 1 ? 0 : channel)) * voxels;
    return data.subarray(first, first + voxels);
  };
}

function massOverChannels(
  target: ArrayLike<number>,
  { samples, channels, voxels }: PredictionSizes,
): Float64Array {
  const mass = new Float64Array(samples * voxels);
  for (let sample = 0; sample < samples; sample += 1) {
    for (let channel = 0; channel < channels; channel += 1) {
      const first = (sample * channels + channel) * voxels;
      for (let at = 0; at < voxels; at += 1) {
        const place = sample * voxels + at;
        mass[place] = (mass[place] ?? 0) + (target[first + at] ?? 0);
      }
    }
  }
  return mass;
}
