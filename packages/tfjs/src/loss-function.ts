import type { LossSpec } from '@softdice/core';
import { checker } from './checker.js';
import { chosenPasses } from './chosen-passes.js';
import { completeOptions, type LossOptions } from './options.js';
import { type LossFunction, tapedLoss } from './taped-loss.js';

/**
 * Makes a Keras-style loss function, differentiable with respect to the prediction.
 *
 * The prediction is float32 `[N, ...spatial, C]` (or `[N, C, ...spatial]` with layout
 * `'channelsFirst'`) with zero to four spatial axes; the target float32, int32 or bool, shaped like it
 * or, for labels and binary targets, `[N, ...spatial]` with or without a channel axis of 1. The loss is
 * a scalar, or the grid where the spec's reduction says so.
 *
 * `fit` and `evaluate` want targets shaped like the output, whatever the loss is: labels need
 * `fitDataset`, or an optimizer's `minimize`. Models give a loss no mask. A model that is to be saved
 * takes its loss from {@link withLoss}.
 *
 * The gradient comes from the loss's own program: target and mask have none, and second derivatives
 * are refused. On tfjs's tape it keeps no copies: beside the gradient it needs what {@link valueAndGradient} does.
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
  const complete = completeOptions(options);
  const passes = chosenPasses(spec, complete);
  return tapedLoss(passes, checker(passes, complete));
}
