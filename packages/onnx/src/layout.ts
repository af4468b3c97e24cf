import type { Axis } from '@softdice/core';

/** Number of spatial axes of the tensors. */
export type SpatialRank = 0 | 1 | 2 | 3;

/** Where the channels of a tensor stand: `[N, C, ...spatial]` or `[N, ...spatial, C]`. */
export type Layout = 'channelsFirst' | 'channelsLast';

/** How named axes lie in a tensor. */
export interface Placement {
  readonly spatialRank: SpatialRank;
  readonly layout: Layout;
}

/** The position of channels or classes. */
export function channelPosition({ layout, spatialRank }: Placement): number {
  return layout === 'channelsFirst' ? 1 : 1 + spatialRank;
}

/** The axes of a tensor, by position, that stand for a named axis. */
export function positionsOf(axis: Axis, placement: Placement): readonly number[] {
  switch (axis) {
    case 'sample':
      return [0];
    case 'channel':
    case 'class':
      return [channelPosition(placement)];
    case 'voxel': {
      const first = placement.layout === 'channelsFirst' ? 2 : 1;
      return Array.from({ length: placement.spatialRank }, (_, at) => first + at);
    }
  }
}

/** The axes of a tensor, by position, that are of size 1 because the value lacks the named axes. */
export function missingPositions(axes: readonly Axis[], placement: Placement): readonly number[] {
  const present = new Set(axes.flatMap((axis) => positionsOf(axis, placement)));
  return allPositions(placement).filter((position) => !present.has(position));
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

function allPositions({ spatialRank }: Placement): readonly number[] {
  return Array.from({ length: 2 + spatialRank }, (_, at) => at);
}
