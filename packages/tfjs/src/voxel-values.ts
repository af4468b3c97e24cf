import type * as tf from '@tensorflow/tfjs';
import type { Layout } from './layout.js';

/** The numbers of a tensor, one voxel after the other. */
export interface VoxelValues {
  /** The tensor's own, for messages. */
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
  readonly channels: number;
  /** Samples times voxels of each. */
  readonly voxels: number;
  /** Where a channel of a voxel stands in the data. */
  readonly at: (voxel: number, channel: number) => number;
}

/** Reads a tensor, from the device too. */
export function voxelValues(tensor: tf.Tensor, channels: number, layout: Layout): VoxelValues {
  const { shape, size } = tensor;
  const voxels = size / channels;
  const [samples = 1] = shape;
  const perSample = voxels / samples;
  const first = (voxel: number, channel: number): number => {
    const sample = Math.floor(voxel / perSample);
    return (sample * channels + channel) * perSample + (voxel % perSample);
  };
  const last = (voxel: number, channel: number): number => voxel * channels + channel;
  const at = layout === 'channelsFirst' ? first : last;
  return { shape, data: tensor.dataSync(), channels, voxels, at };
}

/** The first number that is wrong, as `0.5 at [0,3,1]`; undefined where all are right. */
export function firstWrong(
  { shape, data }: Pick<VoxelValues, 'shape' | 'data'>,
  isWrong: (value: number, at: number) => boolean,
): string | undefined {
  for (let at = 0; at < data.length; at++) {
    const value = data[at] ?? Number.NaN;
    if (isWrong(value, at)) return `${value} at [${placeOf(at, shape)}]`;
  }
  return undefined;
}

/** The first voxel whose channels have a wrong sum, as `a sum of 2 at voxel 7`. */
export function firstWrongSum(
  values: VoxelValues,
  isWrong: (sum: number, voxel: number) => boolean,
): string | undefined {
  for (let voxel = 0; voxel < values.voxels; voxel++) {
    let sum = 0;
    for (let channel = 0; channel < values.channels; channel++) {
      sum += values.data[values.at(voxel, channel)] ?? Number.NaN;
    }
    if (isWrong(sum, voxel))
      return `a sum of ${sum} in the voxel of [${placeOf(values.at(voxel, 0), values.shape)}]`;
  }
  return undefined;
}

/** The indices of a place in a row-major tensor. */
function placeOf(at: number, shape: readonly number[]): readonly number[] {
  return shape.reduceRight<{ rest: number; place: readonly number[] }>(
    ({ rest, place }, size) => ({ rest: Math.floor(rest / size), place: [rest % size, ...place] }),
    { rest: at, place: [] },
  ).place;
}
