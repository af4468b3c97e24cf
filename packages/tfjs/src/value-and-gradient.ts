import type { LossSpec } from '@softdice/core';
import * as tf from '@tensorflow/tfjs';
import { checkTensors, type LossOptions, layoutOf } from './check.js';
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
  const layout = layoutOf(options);
  const passes = passesOf(spec, layout);
  return (inputs) => {
    checkTensors(passes.program, layout, inputs);
    return tf.tidy(() => {
      const kept = passes.forward(inputs);
      const value = passes.head(passes.program.head.loss, kept);
      const cotangent = inputs.cotangent ?? tf.onesLike(value);
      return { value, gradient: passes.backward(inputs, kept, cotangent, inputs.prediction.shape) };
    });
  };
}
