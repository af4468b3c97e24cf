/** Where the channels are: with the voxels of each together, or with those of each voxel together. */
export type Layout = 'channelsFirst' | 'channelsLast';

/** A shape with the channels moved to where core expects them. */
export function channelsFirst(layout: Layout, shape: readonly number[]): readonly number[] {
  if (layout === 'channelsFirst') return shape;
  const [samples = 0, ...rest] = shape;
  return [samples, ...rest.slice(-1), ...rest.slice(0, -1)];
}
