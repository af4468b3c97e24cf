import * as tf from '@tensorflow/tfjs';
import { channels } from './slices.js';

/** Filters at each resolution, the finest first. */
const widths = [8, 16, 32] as const;

/**
 * A small U-Net in 2-D: strided convolutions down, nearest-neighbour upsampling up, skips added.
 *
 * The last layer begins at zero, so that every class has the same probability everywhere: a softmax that
 * begins sure of itself hides small classes from the gradient of Dice.
 *
 * @param seed Of the initial weights: the same seed gives the same network.
 */
export function networkOf(
  height: number,
  width: number,
  classes: number,
  seed: number,
): tf.LayersModel {
  let layers = 0;
  const convolved = (
    x: tf.SymbolicTensor,
    filters: number,
    more: { readonly kernelSize?: number; readonly strides?: number } = {},
  ): tf.SymbolicTensor => {
    layers += 1;
    return applied(
      tf.layers.conv2d({
        filters,
        kernelSize: 3,
        padding: 'same',
        activation: 'relu',
        kernelInitializer: tf.initializers.heNormal({ seed: 1000 * seed + layers }),
        ...more,
      }),
      x,
    );
  };
  const input = tf.input({ shape: [height, width, channels] });
  const [finest, ...coarser] = widths;
  const skips = [convolved(input, finest)];
  for (const filters of coarser) {
    const down = convolved(skips[0] ?? input, filters, { strides: 2 });
    skips.unshift(convolved(down, filters));
  }
  const [coarsest = input, ...rest] = skips;
  const finestMap = rest.reduce((x, skip, at) => {
    const filters = widths[widths.length - 2 - at] ?? finest;
    const narrow = convolved(x, filters, { kernelSize: 1 });
    const up = applied(tf.layers.upSampling2d({ size: [2, 2] }), narrow);
    return convolved(applied(tf.layers.add(), [up, skip]), filters);
  }, coarsest);
  const head = tf.layers.conv2d({ filters: classes, kernelSize: 1, kernelInitializer: 'zeros' });
  return tf.model({ inputs: input, outputs: applied(head, finestMap) });
}

function applied(
  layer: tf.layers.Layer,
  x: tf.SymbolicTensor | tf.SymbolicTensor[],
): tf.SymbolicTensor {
  return layer.apply(x) as tf.SymbolicTensor;
}
