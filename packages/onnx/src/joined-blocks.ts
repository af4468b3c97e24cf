import { type Emission, integerList, type Value } from './value.js';
import { sumOfSums } from './voxel-sum.js';

/** The sum over the blocks of what was summed over parts of each, and stacked. */
export function totalOfBlocks(
  emission: Emission,
  { axes, rank }: Value,
  stacked: string,
  wanted: string,
): Value {
  const { graph } = emission;
  // The sum is taken of the last axis: [blocks, N, classes, parts] → [N, classes, blocks * parts].
  const last =
    rank === 0
      ? stacked
      : graph.node('Transpose', [stacked], `${wanted}/parts-last`, { perm: [1, 2, 0, 3] });
  const shape = integerList(emission, rank === 0 ? [1, 1, -1] : [0, 0, -1]);
  const parts = graph.node('Reshape', [last, shape], `${wanted}/parts`);
  const count = graph.node('Shape', [parts], `${wanted}/part-count`, { start: 2 });
  return { name: sumOfSums(emission, parts, count, wanted), axes, rank: 3 };
}

/** Stacked blocks of voxels in the shape of the prediction, in its layout. */
export function joinedBlocks(emission: Emission, stacked: string, wanted: string): string {
  const { graph, prediction, layout } = emission;
  const perm = layout === 'channelsFirst' ? [1, 2, 0, 3] : [1, 0, 2, 3];
  const row = graph.node('Transpose', [stacked], `${wanted}/row`, { perm });
  const shape = graph.node('Shape', [prediction], `${prediction}/shape`);
  return graph.node('Reshape', [row, shape], `${wanted}/joined`);
}
