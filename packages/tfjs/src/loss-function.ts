import type { LossSpec } from '@softdice/core';
import * as tf from '@tensorflow/tfjs';
import { checkTensors, completeOptions, type LossOptions } from './check.js';
import { passesOf } from './passes.js';

/** A loss as tfjs layers and optimizers call it. */
export type LossFunction = (
  target: tf.Tensor,
  prediction: tf.Tensor,
  mask?: tf.Tensor,
) => tf.Tensor;

/**
 * Makes a Keras-style loss function, differentiable with respect to the prediction.
 *
 * The prediction is float32 `[N, ...spatial, C]` (or `[N, C, ...spatial]` with layout
 * `'channelsFirst'`) with zero to four spatial axes; the target float32, int32 or bool, shaped like it
 * or, for labels and binary targets, `[N, ...spatial]` with or without a channel axis of 1. The loss is
 * a scalar, or the grid where the spec's reduction says so.
 *
 * `model.fit` wants targets shaped like the output whatever the loss is, so that labels need an
 * optimizer's `minimize`, and fit a one-hot target.
 *
 * The gradient comes from the loss's own program: target and mask have none, and second derivatives
 * are not supported.
 *
 * @throws SpecError - at once, where the spec is none; lists every violation.
 * @throws InputError - for unknown options; later, from the function, for tensors that do not fit the
 *   spec, before any of them is touched.
 *
 * @example
 * ```ts
 * model.compile({ optimizer: 'adam', loss: lossFunction(dice({ activation: 'softmax' })) });
 * ```
 */
export function lossFunction(spec: LossSpec, options: LossOptions = {}): LossFunction {
  const { layout, kernels } = completeOptions(options);
  const { plan, at } = passesOf(spec, layout, kernels);
  return (target, prediction, mask) => {
    checkTensors(plan, layout, { prediction, target, mask });
    const passes = at(prediction.shape);
    const read = mask === undefined ? [target] : [target, mask];
    const differentiable = tf.customGrad((x, save) => {
      const {
        head,
        saved: kept,
        backward,
      } = passes.forward({ prediction: x as tf.Tensor, target, mask }, 'whatever');
      const value = head(passes.program.head.loss);
      // Target and mask are saved too: tensors made inside the differentiated function are disposed
      // before the backward pass.
      (save as tf.GradSaveFunc)([...read, ...kept]);
      const gradFunc = (cotangent: tf.Tensor, saved: readonly tf.Tensor[]): tf.Tensor => {
        const [savedTarget = target, savedMask] = saved.slice(0, read.length);
        const inputs = { target: savedTarget, mask: savedMask };
        return backward(inputs, saved.slice(read.length), cotangent, prediction.shape);
      };
      return { value, gradFunc };
    });
    return differentiable(prediction);
  };
}
