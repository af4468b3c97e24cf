import { InputError, type Scored } from '@softdice/core';
import * as tf from '@tensorflow/tfjs';
import type { Summed } from './passes.js';

/** The numbers of a score, NaN where one is not defined. */
export function scored({ head }: Summed, { value, defined }: Scored): tf.Tensor {
  return tf.tidy(() => {
    const numbers = head(value);
    if (defined.op === 'const') return numbers;
    const holds = tf.greater(head(defined), 0);
    return tf.where(holds, numbers, tf.fill(numbers.shape, Number.NaN));
  });
}

/**
 * Computes a hard score apart from tfjs's tape, which would keep voxel maps for a gradient that there
 * is not.
 */
export function withoutGradient(prediction: tf.Tensor, score: () => tf.Tensor): tf.Tensor {
  const computed = tf.customGrad(() => ({
    value: score(),
    gradFunc: () => {
      throw new InputError([
        {
          path: 'metric',
          expected: 'a hard score beside a loss',
          received: 'a derivative of it',
          fix: 'labels that are decided have no gradient: train with lossFunction',
        },
      ]);
    },
  }));
  return computed(prediction);
}
