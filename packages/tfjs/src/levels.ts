import { type LevelsInputs, type LevelsSpec, levelsPlanOf } from '@softdice/core';
import * as tf from '@tensorflow/tfjs';
import { levelTensors } from './level-tensors.js';
import { lossFunction } from './loss-function.js';
import { completeOptions, type LossOptions } from './options.js';
import { valueAndGradient } from './value-and-gradient.js';

/** Deep supervision as a function of targets and predictions, the finest level first. */
export type LevelsLossFunction = (
  targets: readonly tf.Tensor[],
  predictions: readonly tf.Tensor[],
  masks?: readonly (tf.Tensor | undefined)[],
) => tf.Tensor;

/** The loss of all levels, and its gradient by each prediction. */
export interface LevelsValueAndGradients {
  readonly value: tf.Tensor;
  /** The weight of the level included. */
  readonly gradients: readonly tf.Tensor[];
}

/**
 * Makes the loss of several levels, `Σ weight · loss`, differentiable by every prediction.
 *
 * Predictions and targets are as {@link lossFunction} takes them. With targets 'nearest' there is one
 * target, and one mask, of any size: each level reads it at the nearest voxels.
 *
 * @throws SpecError - at once, where the spec is none; lists every violation.
 * @throws InputError - for unknown options; later, from the function, for tensors that do not fit the
 *   spec, before any of them is touched.
 *
 * @example
 * ```ts
 * const loss = levelsLossFunction(deepSupervision(dice({ target: 'labels' }), levelWeights.two(2)));
 * const coarse = prediction.slice([0, 0, 0, 0], [-1, 2, 2, -1]);
 * loss([target], [prediction, coarse]).print();
 * ```
 */
export function levelsLossFunction(
  spec: LevelsSpec,
  options: LossOptions = {},
): LevelsLossFunction {
  const { layout } = completeOptions(options);
  const plan = levelsPlanOf(spec);
  const losses = plan.levels.map(({ loss }) => lossFunction(loss, options));
  return (targets, predictions, masks) =>
    tf.tidy(() => {
      const levels = levelTensors(plan, layout, { predictions, targets, masks });
      const parts = levels.flatMap(({ prediction, target, mask }, at) => {
        const value = losses[at]?.(target, prediction, mask);
        return value === undefined ? [] : [tf.mul(value, plan.levels[at]?.weight ?? 0)];
      });
      return tf.addN(parts);
    });
}

/**
 * Makes a function that computes the loss of several levels, `Σ weight · loss`, and its gradient by
 * each prediction directly, without tfjs's tape.
 *
 * Tensors are those of {@link levelsLossFunction}. The caller disposes the results.
 *
 * @throws SpecError - at once, where the spec is none; lists every violation.
 * @throws InputError - for unknown options; later, from the function, for tensors that do not fit the
 *   spec, before any of them is touched.
 *
 * @example
 * ```ts
 * const spec = deepSupervision(dice({ target: 'labels' }), levelWeights.nnunet(3));
 * const step = levelsValueAndGradients(spec);
 * const half = prediction.slice([0, 0, 0, 0], [-1, 2, 2, -1]);
 * const one = prediction.slice([0, 0, 0, 0], [-1, 1, 1, -1]);
 * const { value, gradients } = step({ predictions: [prediction, half, one], targets: [target] });
 * ```
 */
export function levelsValueAndGradients(
  spec: LevelsSpec,
  options: LossOptions = {},
): (inputs: LevelsInputs<tf.Tensor>) => LevelsValueAndGradients {
  const { layout } = completeOptions(options);
  const plan = levelsPlanOf(spec);
  const steps = plan.levels.map(({ loss }) => valueAndGradient(loss, options));
  return (inputs) =>
    tf.tidy(() => {
      const parts = levelTensors(plan, layout, inputs).flatMap((own, at) => {
        const weight = plan.levels[at]?.weight ?? 0;
        const part = steps[at]?.({ ...own, cotangent: tf.scalar(weight) });
        return part === undefined ? [] : [{ ...part, weight }];
      });
      return {
        value: tf.addN(parts.map(({ value, weight }) => tf.mul(value, weight))),
        gradients: parts.map(({ gradient }) => gradient),
      };
    });
}
