import * as tf from '@tensorflow/tfjs';
import { largestDivisor } from './layout.js';

type Pointwise = (a: tf.Tensor, b: tf.Tensor) => tf.Tensor;

/** Whether the backend of the moment walks along rows, as those on the CPU do; a device has a thread per number. */
export function walksAlongRows(): boolean {
  return ['cpu', 'wasm'].includes(tf.getBackend());
}

/** How many voxels one row of a broadcast may hold. */
const longestRow = 64;

/**
 * Applies a pointwise op that broadcasts.
 *
 * wasm broadcasts row by row of the last dimension, which costs more than the arithmetic where a row
 * is a handful of channels. Numbers per channel are repeated, so that a row holds many voxels.
 */
export function broadcast(op: Pointwise, a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  if (!walksAlongRows()) return op(a, b);
  if (isPerChannel(a, b)) return byLongRows(b, a, (x, y) => op(y, x));
  return isPerChannel(b, a) ? byLongRows(a, b, op) : op(a, b);
}

/** Whether x lacks the middle dimension, which y has, and both have the last one. */
function isPerChannel(x: tf.Tensor, y: tf.Tensor): boolean {
  const last = x.shape[2] ?? 1;
  return (
    last > 1 &&
    last < longestRow &&
    last === y.shape[2] &&
    x.shape[1] === 1 &&
    (y.shape[1] ?? 1) > 1
  );
}

function byLongRows(x: tf.Tensor, perChannel: tf.Tensor, op: Pointwise): tf.Tensor {
  const [samples = 1, voxels = 1, channels = 1] = x.shape;
  const perRow = largestDivisor(voxels, longestRow);
  const rows = tf.reshape(x, [samples, voxels / perRow, perRow * channels]);
  // Where x lacks samples that the other has, the op adds them.
  return tf.reshape(op(rows, tf.tile(perChannel, [1, 1, perRow])), [-1, voxels, channels]);
}

/**
 * Operands of one shape, or one of them a single number. wasm broadcasts sums and products fast, but
 * comparisons, minima and maxima element by element through an index list (70 ns each).
 */
export function alike(a: tf.Tensor, b: tf.Tensor): [tf.Tensor, tf.Tensor] {
  if (a.size === 1 || b.size === 1 || !walksAlongRows()) return [a, b];
  const shape = a.shape.map((size, at) => Math.max(size, b.shape[at] ?? 1));
  const spread = (x: tf.Tensor): tf.Tensor =>
    x.shape.every((size, at) => size === shape[at]) ? x : tf.add(x, tf.zeros(shape));
  return [spread(a), spread(b)];
}
