import type { Axis } from '@softdice/core';
import * as tf from '@tensorflow/tfjs';

/** Where the channels of a tensor are: `[N, ...spatial, C]` or `[N, C, ...spatial]`. */
export type Layout = 'channelsLast' | 'channelsFirst';

/** All layouts. */
export const layouts: readonly Layout[] = ['channelsLast', 'channelsFirst'];

/** The other one of two. */
export function otherLayout(layout: Layout): Layout {
  return layout === 'channelsLast' ? 'channelsFirst' : 'channelsLast';
}

/**
 * The dimension of each axis in the rank-3 tensors that stand for values: `[N, V, C]` with channels
 * last, `[N, C, V]` with channels first, 1 where a value lacks the axis.
 *
 * Channels and classes share a dimension, for no value has both. Spatial axes are one dimension of V
 * voxels: a reshape is free, so the spatial rank matters nowhere else.
 */
export type Placement = Readonly<Record<Axis, 0 | 1 | 2>>;

/** The sizes of axes; 1 where one is not named. */
export type Sizes = Readonly<Partial<Record<Axis, number>>>;

/** A rank-3 shape. */
export type Shape3 = [number, number, number];

/** The placement for a layout. */
export function placementOf(layout: Layout): Placement {
  return layout === 'channelsLast'
    ? { sample: 0, voxel: 1, channel: 2, class: 2 }
    : { sample: 0, channel: 1, class: 1, voxel: 2 };
}

/** The rank-3 shape of a value with the given axes. */
export function shapeOf(placement: Placement, axes: readonly Axis[], sizes: Sizes): Shape3 {
  const shape: Shape3 = [1, 1, 1];
  for (const axis of axes) shape[placement[axis]] = sizes[axis] ?? 1;
  return shape;
}

/** Another tensor with the same data. A reshape shares it on all backends; tf.clone copies it on wasm. */
export function alias(x: tf.Tensor): tf.Tensor {
  return tf.reshape(x, x.shape);
}

/** A shape of the user's tensor with the channels moved to where core expects them. */
export function channelsFirst(layout: Layout, shape: readonly number[]): readonly number[] {
  if (layout === 'channelsFirst') return shape;
  const [samples = 0, ...rest] = shape;
  return [samples, ...rest.slice(-1), ...rest.slice(0, -1)];
}

/** The largest divisor up to a limit. */
export function largestDivisor(length: number, limit: number): number {
  for (let divisor = Math.min(limit, length); divisor > 1; divisor -= 1) {
    if (length % divisor === 0) return divisor;
  }
  return 1;
}
