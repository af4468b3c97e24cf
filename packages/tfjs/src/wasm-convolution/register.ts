import { InputError } from '@softdice/core';
import * as tf from '@tensorflow/tfjs';
import { filterGradient, type Padding } from './filter-gradient.js';
import { inputGradient, isTurned } from './input-gradient.js';

/**
 * Gives tfjs's wasm backend the kernel that it lacks for training 2-D convolutions:
 * `Conv2DBackpropFilter`, the gradient of `tf.conv2d` and `tf.conv2dTranspose` by their filters.
 *
 * Call it once, after `@tensorflow/tfjs-backend-wasm` is imported. A kernel that is there already stays.
 * Strides, and pads as `'same'`, `'valid'`, a number or four pairs are those of `tf.conv2d`; dilations
 * have no gradient in tfjs on any backend. Depthwise convolutions are not covered.
 *
 * @throws InputError - later, from a gradient with data format `'NCHW'`: the wasm backend convolves
 *   `'NHWC'` only.
 *
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import '@tensorflow/tfjs-backend-wasm';
 *
 * registerFilterGradient();
 * await tf.setBackend('wasm');
 * ```
 */
export function registerFilterGradient(): void {
  const kernelName = 'Conv2DBackpropFilter';
  if (tf.getKernel(kernelName, backendName) !== undefined) return;
  tf.registerKernel({
    kernelName,
    backendName,
    kernelFunc: ({ inputs, attrs }) => {
      const { x, dy } = inputs as { readonly x: tf.Tensor4D; readonly dy: tf.Tensor4D };
      const given = attrs as unknown as tf.Conv2DBackpropFilterAttrs;
      if (given.dataFormat !== 'NHWC') refuse(given.dataFormat);
      const { strides, pad } = windows(x.shape, given.filterShape, given);
      return filterGradient(x, dy, given.filterShape, strides, pad);
    },
  });
}

/**
 * Replaces a slow kernel of tfjs's wasm backend, `Conv2DBackpropInput`, the gradient of `tf.conv2d` by
 * its images, where the stride is 1: a convolution by the turned filter gives the same. Everything else,
 * `tf.conv2dTranspose` with strides among it, stays with tfjs's own.
 *
 * Call it once, after `@tensorflow/tfjs-backend-wasm` is imported; before that it does nothing.
 *
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import '@tensorflow/tfjs-backend-wasm';
 *
 * replaceInputGradient();
 * await tf.setBackend('wasm');
 * ```
 */
export function replaceInputGradient(): void {
  const kernelName = 'Conv2DBackpropInput';
  const own = tf.getKernel(kernelName, backendName);
  if (own === undefined) return;
  const kernelFunc: tf.KernelFunc = (call) => {
    const { dy, filter } = call.inputs as {
      readonly dy: tf.Tensor4D;
      readonly filter: tf.Tensor4D;
    };
    const given = call.attrs as unknown as tf.Conv2DBackpropInputAttrs;
    const { strides, pad } = windows(given.inputShape, filter.shape, given);
    const turned = given.dataFormat === 'NHWC' && isTurned(filter.shape, strides, pad);
    return turned ? inputGradient(dy, filter, pad) : own.kernelFunc(call);
  };
  tf.unregisterKernel(kernelName, backendName);
  tf.registerKernel({ ...own, kernelFunc });
}

const backendName = 'wasm';

function windows(
  images: [number, number, number, number],
  filter: [number, number, number, number],
  {
    strides,
    pad,
    dimRoundingMode,
  }: Pick<tf.Conv2DBackpropFilterAttrs, 'strides' | 'pad' | 'dimRoundingMode'>,
): { readonly strides: readonly [number, number]; readonly pad: Padding } {
  const { padInfo, strideHeight, strideWidth } = tf.backend_util.computeConv2DInfo(
    images,
    filter,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
  return { strides: [strideHeight, strideWidth], pad: padInfo };
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
