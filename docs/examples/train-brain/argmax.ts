import * as tf from '@tensorflow/tfjs';
import { networkOf } from './network.js';
import { channels, type Slices } from './slices.js';

/** What an argmax in the loss does: the loss by hand, and how far its steps move any weight. */
export interface Unmoved {
  readonly loss: number;
  readonly largestChange: number;
}

/**
 * Trains with 1 - mean Dice of the argmax, written by hand with tfjs, which neither refuses nor warns.
 *
 * @returns The loss before, and the largest change of a weight after the steps: 0.
 */
export function trainedByArgmax(
  { height, width, images, labels }: Slices,
  classes: number,
  steps: number,
): Unmoved {
  const network = networkOf(height, width, classes, 1);
  const optimizer = tf.train.adam(0.01);
  const weights = (): Float32Array =>
    tf.tidy(() =>
      tf.concat(network.getWeights().map((each) => each.flatten())).dataSync(),
    ) as Float32Array;
  const before = weights().slice();
  const first = tf.tidy(() => {
    const size = height * width;
    // Slices 20 to 23 have every class.
    const x = tf.tensor4d(images.slice(20 * size * channels, 24 * size * channels), [
      4,
      height,
      width,
      channels,
    ]);
    const map = tf.tensor3d(labels.slice(20 * size, 24 * size), [4, height, width], 'int32');
    const target = tf.oneHot(map, classes).mul(1);
    const loss = (): tf.Scalar => {
      const decided = tf.oneHot((network.apply(x) as tf.Tensor).argMax(-1), classes).mul(1);
      const [both, sizes] = [decided.mul(target), decided.add(target)].map((voxels) =>
        voxels.sum([0, 1, 2]),
      );
      return tf.sub(
        1,
        both
          ?.mul(2)
          .div(sizes ?? 1)
          .mean() ?? 0,
      ) as tf.Scalar;
    };
    const [value] = loss().dataSync();
    for (let step = 0; step < steps; step += 1) optimizer.minimize(loss);
    return value ?? Number.NaN;
  });
  const after = weights();
  network.dispose();
  optimizer.dispose();
  return {
    loss: first,
    largestChange: after.reduce(
      (most, w, at) => Math.max(most, Math.abs(w - (before[at] ?? 0))),
      0,
    ),
  };
}
