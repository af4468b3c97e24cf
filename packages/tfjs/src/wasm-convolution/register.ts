import { InputError } from '@softdice/core';
import * as tf from '@tensorflow/tfjs';
import { filterGradient } from './filter-gradient.js';

/**
 * Gives tfjs's wasm backend the kernel that it lacks for training 2-D convolutions:
 * `Conv2DBackpropFilter`, the gradient of `tf.conv2d` and `tf.conv2dTranspose` by their filters.
 *
 * Call it once, before or after the backend is set. A kernel that is there already stays. Strides,
 * and pads as `'same'`, `'valid'`, a number or four pairs are those of `tf.conv2d`; dilations have no
 * gradient in tfjs on any backend. Depthwise convolutions are not covered.
 *
 * @throws InputError - later, from a gradient with data format `'NCHW'`: the wasm backend convolves
 *   `'NHWC'` only.
 *
 * @example
 * ```ts
 * await tf.setBackend('wasm');
 * registerFilterGradient();
 * ```
 */
export function registerFilterGradient(): void {
  const kernelName = 'Conv2DBackpropFilter';
  if (tf.getKernel(kernelName, 'wasm') !== undefined) return;
  tf.registerKernel({
    kernelName,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs }) => {
      const { x, dy } = inputs as { readonly x: tf.Tensor4D; readonly dy: tf.Tensor4D };
      const { strides, pad, dataFormat, dimRoundingMode, filterShape } =
        attrs as unknown as tf.Conv2DBackpropFilterAttrs;
      if (dataFormat !== 'NHWC') refuse(dataFormat);
      const { padInfo, strideHeight, strideWidth } = tf.backend_util.computeConv2DInfo(
        x.shape,
        filterShape,
        strides,
        1,
        pad,
        dimRoundingMode,
      );
      return filterGradient(x, dy, filterShape, [strideHeight, strideWidth], padInfo);
    },
  });
}

function refuse(dataFormat: string): never {
  throw new InputError([
    {
      path: 'dataFormat',
      expected: "'NHWC' on the wasm backend",
      received: `'${dataFormat}'`,
      fix: 'transpose the images, or train on another backend',
    },
  ]);
}
