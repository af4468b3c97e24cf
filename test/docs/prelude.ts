import * as tf from '@tensorflow/tfjs';

/** What examples in doc comments may use without making it first. */
export const model: tf.LayersModel = tf.sequential({
  layers: [tf.layers.conv2d({ inputShape: [4, 4, 1], filters: 3, kernelSize: 1 })],
});
export const logits: tf.Tensor = tf.randomNormal([2, 4, 4, 3], 0, 1, 'float32', 1);
export const prediction: tf.Tensor = tf.softmax(logits);
export const labels: tf.Tensor = tf.randomUniform([2, 4, 4], 0, 3, 'int32', 1);
export const target: tf.Tensor = labels;
/** Batches of one-hot targets. */
export const batches: readonly { readonly prediction: tf.Tensor; readonly target: tf.Tensor }[] = [
  { prediction: logits, target: tf.oneHot(labels.toInt(), 3).toFloat() },
];
