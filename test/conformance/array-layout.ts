import type { Layout, Numbers } from '@softdice/core/wasm';
import type { Tensor } from '../arbitraries/batch.js';

/** A tensor of ours, channels first and of this rank if it has channels, as an array in a layout. */
export function arrayIn(layout: Layout, rank: number, { shape, data }: Tensor): Numbers {
  return shape.length === rank && layout === 'channelsLast'
    ? { shape: toLast(shape), data: permuted(shape, data, 'toLast') }
    : { shape, data };
}

function toLast([samples = 0, channels = 0, ...spatial]: readonly number[]): readonly number[] {
  return [samples, ...spatial, channels];
}

/** Moves the channels of a tensor, whose shape is given channels first. */
export function permuted(
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
