import * as tf from '@tensorflow/tfjs';
import { accurateSum } from './sums.js';

/**
 * 1 for the k largest values, 0 for the others; values equal to the k-th largest share the places left.
 *
 * How many places those are is counted among the k: `k - (values above)` of float32 numbers would be
 * off by some places from 2^24 values on.
 */
export function top(x: tf.Tensor, k: number): tf.Tensor {
  const { values } = tf.topk(tf.reshape(x, [x.size]), k, false);
  const threshold = tf.min(values);
  const above = tf.cast(tf.greater(x, threshold), 'float32');
  const tied = tf.cast(tf.equal(x, threshold), 'float32');
  const places = tf.cast(tf.equal(values, threshold), 'float32');
  return tf.add(above, tf.mul(tied, tf.div(total(places), total(tied))));
}

function total(x: tf.Tensor): tf.Tensor {
  return tf.reshape(accurateSum(tf.reshape(x, [1, x.size, 1]), 1), []);
}
