import * as tf from '@tensorflow/tfjs';
import { checkCotangent } from './check.js';
import type { PassesOfPlan } from './passes.js';
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
 * A loss and its gradient without tfjs's tape.
 *
 * @param check - Throws for tensors that do not fit, before any of them is touched.
 */
export function directGradient(
  { layout, at }: PassesOfPlan,
  check: (inputs: GradientInputs) => void,
): (inputs: GradientInputs) => ValueAndGradient {
  return (inputs) => {
    check(inputs);
    const { shape } = inputs.prediction;
    const passes = at(shape);
    checkCotangent(passes.program, layout, shape, inputs.cotangent);
    return tf.tidy(() => {
      const { head, backward, saved } = passes.forward(inputs, 'gradient');
      const value = head(passes.program.head.loss);
      return { value, gradient: backward(inputs, saved, inputs.cotangent, shape) };
    });
  };
}
