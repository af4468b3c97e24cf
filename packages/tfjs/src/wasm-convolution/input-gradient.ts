import * as tf from '@tensorflow/tfjs';
import type { Padding } from './filter-gradient.js';

/** Whether {@link inputGradient} says what the gradient is. */
export function isTurned(
  [height, width]: readonly number[],
  strides: readonly [number, number],
  { top, bottom, left, right }: Padding,
): boolean {
  const inside = (window = 0, ...pads: readonly number[]): boolean =>
    pads.every((pad) => pad < window);
  return (
    strides.every((stride) => stride === 1) &&
    inside(height, top, bottom) &&
    inside(width, left, right)
  );
}

/**
 * The gradient of a 2-D convolution of stride 1 by its images, as a convolution by the turned filter:
 *
 * `dX[n,y,x,i] = Σ_a,b,o  dY[n, y - a + top, x - b + left, o] W[a,b,i,o]`.
 *
 * @param dy - The gradient by the convolution's output, `[N, H', W', out]`.
 * @param filter - `[height, width, in, out]`.
 * @param pad - Less than the filter's size on every side.
 */
export function inputGradient(dy: tf.Tensor4D, filter: tf.Tensor4D, pad: Padding): tf.Tensor4D {
  const [height, width] = filter.shape;
  return tf.tidy(() => {
    const turned = tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2]);
    const rows: [number, number] = [height - 1 - pad.top, height - 1 - pad.bottom];
    const columns: [number, number] = [width - 1 - pad.left, width - 1 - pad.right];
    return tf.conv2d(dy, turned, 1, [[0, 0], rows, columns, [0, 0]]);
  });
}
