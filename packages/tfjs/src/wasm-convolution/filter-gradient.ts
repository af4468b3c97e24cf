import * as tf from '@tensorflow/tfjs';

/** Zeros around an image. */
export interface Padding {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** A filter's `[height, width, in, out]`. */
export type FilterShape = readonly [number, number, number, number];

/** At most so many products are added in sequence: longer float32 sums drift. */
const longest = 2 ** 14;

/**
 * The gradient of a 2-D convolution by its filter, as a convolution itself:
 *
 * `dW[a,b,i,o] = Σ_n,y,x  X[n, y s + a, x s + b, i] dY[n,y,x,o]`, X the padded image.
 *
 * That is X with samples as channels and channels as samples, convolved by dY dilated by the
 * strides s. Bands of rows are summed apart, so that no sum is longer than 2^14 products or one row of
 * all samples.
 *
 * @param x - The images `[N, H, W, in]`.
 * @param dy - The gradient by the convolution's output, `[N, H', W', out]`.
 */
export function filterGradient(
  x: tf.Tensor4D,
  dy: tf.Tensor4D,
  [height, width, channels, filters]: FilterShape,
  [down, right]: readonly [number, number],
  pad: Padding,
): tf.Tensor4D {
  if (x.size === 0 || dy.size === 0) return tf.zeros([height, width, channels, filters]);
  return tf.tidy(() => {
    const [samples, rows, columns] = dy.shape;
    const padded = tf.pad(x, [
      [0, 0],
      [pad.top, pad.bottom],
      [pad.left, pad.right],
      [0, 0],
    ]);
    const images = tf.transpose(padded, [3, 1, 2, 0]);
    const kernels = tf.transpose(dy, [1, 2, 0, 3]);
    const band = Math.max(1, Math.floor(longest / (samples * columns)));
    const across = (columns - 1) * right + width;
    const parts = Array.from({ length: Math.ceil(rows / band) }, (_, at) => {
      const first = at * band;
      const count = Math.min(band, rows - first);
      const seen = (count - 1) * down + height;
      // Rows and columns that no window reaches, where a stride leaves some over, are cut off.
      const image = tf.slice4d(images, [0, first * down, 0, 0], [channels, seen, across, samples]);
      const kernel = tf.slice4d(kernels, [first, 0, 0, 0], [count, columns, samples, filters]);
      return tf.conv2d(image, kernel, 1, 'valid', 'NHWC', [down, right]);
    });
    return tf.transpose(tf.addN(parts), [1, 2, 0, 3]);
  });
}
