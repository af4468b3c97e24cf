import type { LossSpec } from '@softdice/core';
import { checker } from './checker.js';
import { chosenPasses } from './chosen-passes.js';
import { directGradient, type GradientInputs, type ValueAndGradient } from './direct-gradient.js';
import { completeOptions, type LossOptions } from './options.js';

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
  const complete = completeOptions(options);
  const passes = chosenPasses(spec, complete);
  return directGradient(passes, checker(passes, complete));
}
