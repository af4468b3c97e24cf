import type { Sweep } from '../../schedule/schedule.js';
import { memoryMap } from '../sweep/memory-map.js';
import type { Sizes } from './grid.js';

/**
 * Voxels that a block can have. A voxel sum adds up at most 16 float32 in a row in each lane before it goes
 * to float64: equal numbers, the worst case, are then off by at most 5e-7. The least is one vector.
 */
const blocks = [64, 32, 16, 8, 4] as const;

/** The largest block that fits, or the least where none does: a large one takes less time, but more memory. */
export function largestBlock(fits: (voxels: number) => boolean): number {
  return blocks.find(fits) ?? 4;
}

/** How many voxels the blocks of some sweeps have. */
export type BlockSize = (sweeps: readonly Sweep[], sizes: Sizes) => number;

/** The largest block whose scratch memory is at most a 32nd of the prediction. */
export const smallShare: BlockSize = (sweeps, { samples, channels, voxels }) => {
  const most = (samples * channels * voxels) / 8;
  return largestBlock((block) =>
    sweeps.every((sweep) => memoryMap(sweep, channels, block).size <= most),
  );
};
