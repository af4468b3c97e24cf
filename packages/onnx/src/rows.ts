import { channelPosition, positionsOf } from './layout.js';
import { channelsFirstOrder, predictionShape } from './sizes.js';
import { type Emission, integerList } from './value.js';

/** An input with all axes, its channels first: everything inside a graph has them there. */
export function channelsFirst(emission: Emission, tensor: string): string {
  const { graph, layout, borderRank } = emission;
  if (layout === 'channelsFirst' || borderRank === 0) return tensor;
  const perm = channelsFirstOrder(emission);
  return graph.node('Transpose', [tensor], `${tensor}/channels-first`, { perm });
}

/** What {@link channelsFirst} takes, of what it gives. */
export function inBorderLayout(emission: Emission, tensor: string, wanted: string): string {
  const { graph, layout, borderRank } = emission;
  if (layout === 'channelsFirst' || borderRank === 0) return tensor;
  const perm = [0, ...positionsOf('voxel', borderRank), channelPosition];
  return graph.node('Transpose', [tensor], `${wanted}/channels-last`, { perm });
}

/**
 * An input with all axes as `[N, C, V]`, its voxels in a row. Nothing but neighbourhoods asks where a voxel
 * lies, and runtimes are several times faster on three axes than on five.
 */
export function inRow(emission: Emission, tensor: string): string {
  const { graph, borderRank, spatialRank } = emission;
  const first = channelsFirst(emission, tensor);
  if (borderRank === spatialRank) return first;
  return graph.node('Reshape', [first, integerList(emission, [0, 0, -1])], `${tensor}/voxels`);
}

/** A tensor of one value per voxel, `[N, ...spatial]`, with a channel axis of size 1 and its voxels in a row. */
export function planeInRow(emission: Emission, tensor: string): string {
  const { graph, borderRank, spatialRank } = emission;
  return borderRank === spatialRank
    ? graph.node(
        'Unsqueeze',
        [tensor, integerList(emission, [channelPosition])],
        `${tensor}/keepdims`,
      )
    : graph.node('Reshape', [tensor, integerList(emission, [0, 1, -1])], `${tensor}/voxels`);
}

/** A tensor with its voxels in a row in the shape of the prediction, channels first. */
export function outOfRow(emission: Emission, tensor: string, wanted: string): string {
  const { graph, borderRank, spatialRank } = emission;
  if (borderRank === spatialRank) return tensor;
  return graph.node('Reshape', [tensor, predictionShape(emission)], `${wanted}/shaped`);
}
