import type { LossSpec } from '@softdice/core';
import * as tf from '@tensorflow/tfjs';
import { checkCotangent, checkTensors, completeOptions, type LossOptions } from './check.js';
import { passesOf } from './passes.js';
import type { LossTensors } from './placement.js';

/** What a gradient is taken at. */
export interface GradientInputs extends LossTensors {
  /** Factors of the loss, shaped like it; ones by default. */
  readonly cotangent?: tf.Tensor | undefined;
}

/** A loss and its gradient. */
export interface ValueAndGradient {
  readonly value: tf.Tensor;
  /** d(sum of cotangent * loss) / d prediction, shaped like the prediction. */
  readonly gradient: tf.Tensor;
}

/**
 * Makes a function that computes a loss and its gradient directly, without tfjs's tape.
 *
 * Shapes are those of {@link lossFunction}. The caller disposes both results.
 *
 * @throws SpecError - at once, where the spec is none; lists every violation.
 * @throws InputError - for unknown options; later, from the function, for tensors that do not fit the
 *   spec, before any of them is touched.
 *
 * @example
 * ```ts
 * const step = valueAndGradient(dice({ target: 'labels', activation: 'softmax' }));
 * const { value, gradient } = step({ prediction: logits, target: labels });
 * ```
 */
export function valueAndGradient(
  spec: LossSpec,
  options: LossOptions = {},
): (inputs: GradientInputs) => ValueAndGradient {
  const { layout, kernels } = completeOptions(options);
  const { plan, at } = passesOf(spec, layout, kernels);
  return (inputs) => {
    checkTensors(plan, layout, inputs);
    const { shape } = inputs.prediction;
    const passes = at(shape);
    checkCotangent(passes.program, layout, shape, inputs.cotangent);
    return tf.tidy(() => {
      const { head, backward, saved } = passes.forward(inputs, 'gradient');
      const value = head(passes.program.head.loss);
      const { shape } = inputs.prediction;
      return { value, gradient: backward(inputs, saved, inputs.cotangent, shape) };
    });
  };
}
