import type { Axis } from '@softdice/core';

/** Number of spatial axes of the tensors. */
export type SpatialRank = 0 | 1 | 2 | 3;

/** Where the channels of a tensor stand: `[N, C, ...spatial]` or `[N, ...spatial, C]`. */
export type Layout = 'channelsFirst' | 'channelsLast';

/** The position of channels or classes inside a graph, where they come first. */
export const channelPosition = 1;

/** The axes of a tensor, by position, that stand for a named axis; inside a graph channels come first. */
export function positionsOf(
  axis: Axis,
  spatialRank: SpatialRank,
  layout: Layout = 'channelsFirst',
): readonly number[] {
  const isFirst = layout === 'channelsFirst';
  switch (axis) {
    case 'sample':
      return [0];
    case 'channel':
    case 'class':
      return [isFirst ? channelPosition : 1 + spatialRank];
    case 'voxel':
      return Array.from({ length: spatialRank }, (_, at) => (isFirst ? 2 : 1) + at);
  }
}

/** The axes of a tensor, by position, that are of size 1 because the value lacks the named axes. */
export function missingPositions(
  axes: readonly Axis[],
  spatialRank: SpatialRank,
): readonly number[] {
  const present = new Set(axes.flatMap((axis) => positionsOf(axis, spatialRank)));
  const all = Array.from({ length: 2 + spatialRank }, (_, at) => at);
  return all.filter((position) => !present.has(position));
}

/** Something for each axis of a tensor, channels where they stand. */
export function inLayout<T>(
  sample: T,
  channel: T,
  spatial: readonly T[],
  layout: Layout,
): readonly T[] {
  return layout === 'channelsFirst' ? [sample, channel, ...spatial] : [sample, ...spatial, channel];
}
