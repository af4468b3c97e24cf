import { type LevelsInputs, type LevelsSpec, levelInputs, levelsPlanOf } from '@softdice/core';
import { type Evaluation, evaluate } from '../evaluate.js';
import { compensatedSum } from '../numeric/compensated-sum.js';
import type { Float64Tensor, Tensor } from '../tensor.js';
import { nearest } from './nearest.js';

/** What deep supervision is worth on given inputs. */
export interface LevelsEvaluation {
  /** Shape `[]`. */
  readonly loss: Float64Tensor;
  /** The derivative of the loss by each prediction, weight included, shaped like it. */
  readonly gradients: readonly Float64Tensor[];
  /** Each level by itself, before its weight. */
  readonly levels: readonly Evaluation[];
}

/**
 * Evaluates deep supervision: `loss = Σ weight · loss of the level`, in double precision.
 *
 * With targets 'nearest' a level reads the target, and the mask, at the nearest of their voxels.
 * Source: MONAI 1.5.0, monai/losses/ds_loss.py; nnU-Net 2.8, deep_supervision.py.
 *
 * @param inputs - A prediction per level, the finest first; one target, or one per level.
 * @throws SpecError - where the spec is none.
 * @throws InputError - where the inputs do not fit the spec; lists every violation of shape at once.
 *
 * @example
 * ```ts
 * const spec = deepSupervision(dice(), levelWeights.exp(2));
 * const fine = { shape: [1, 1, 4], data: [0.9, 0.8, 0.1, 0.2] };
 * const coarse = { shape: [1, 1, 2], data: [0.7, 0.3] };
 * const targets = [{ shape: [1, 1, 4], data: [1, 1, 0, 0] }];
 * evaluateLevels(spec, { predictions: [fine, coarse], targets }).loss;
 * ```
 */
export function evaluateLevels(spec: LevelsSpec, inputs: LevelsInputs<Tensor>): LevelsEvaluation {
  const plan = levelsPlanOf(spec);
  const resizing = { shapeOf: ({ shape }: Tensor): readonly number[] => shape, resized: nearest };
  const levels = levelInputs(plan, inputs, resizing).flatMap((own, at) => {
    const level = plan.levels[at];
    return level === undefined ? [] : [{ ...level, value: evaluate(level.loss, own) }];
  });
  const total = compensatedSum(levels.length, (at) => {
    const { weight, value } = levels[at] ?? {};
    return (weight ?? 0) * (value?.loss.data[0] ?? 0);
  });
  return {
    loss: { shape: [], data: Float64Array.of(total) },
    gradients: levels.map(({ weight, value: { gradient } }) => ({
      shape: gradient.shape,
      data: gradient.data.map((slope) => weight * slope),
    })),
    levels: levels.map(({ value }) => value),
  };
}
