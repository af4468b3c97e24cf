import type { Shift } from '@softdice/core';
import * as tf from '@tensorflow/tfjs';

/**
 * `y[i] = x[i + by]` along one spatial dimension, `fill` where that is outside.
 *
 * @param voxel - The dimension of the rank-3 tensor that holds all voxels.
 */
export function shifted(
  x: tf.Tensor,
  { dimension, by, fill }: Shift,
  voxel: number,
  spatial: readonly number[],
): tf.Tensor {
  const product = (sizes: readonly number[]): number => sizes.reduce((all, size) => all * size, 1);
  const length = spatial[dimension];
  if (length === undefined) throw new TypeError(`no spatial dimension ${dimension}`);
  const outer = product([...x.shape.slice(0, voxel), ...spatial.slice(0, dimension)]);
  const inner = product([...spatial.slice(dimension + 1), ...x.shape.slice(voxel + 1)]);
  const moved = Math.min(Math.abs(by), length);
  const rows = tf.reshape(x, [outer, length, inner]);
  const kept = tf.slice(rows, [0, by > 0 ? moved : 0, 0], [outer, length - moved, inner]);
  const outside = tf.fill([outer, moved, inner], fill, 'float32');
  return tf.reshape(tf.concat(by > 0 ? [kept, outside] : [outside, kept], 1), x.shape);
}
