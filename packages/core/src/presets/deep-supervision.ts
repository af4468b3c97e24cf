import type { LevelsSpec } from '../spec/levels.js';
import type { LossSpec } from '../spec/loss.js';

/** Weights of so many levels, the finest first. */
export type LevelWeights = (levels: number) => readonly number[];

const each = (levels: number, weight: (level: number) => number): readonly number[] =>
  Array.from({ length: levels }, (_, level) => weight(level));

/**
 * Weights of the levels as libraries have them.
 *
 * `exp`: 1, 1/2, 1/4, … but at least 1/16. `same`: 1. `two`: 1, then 1/2. Source of these: MONAI
 * `DeepSupervisionLoss`, weight_mode. `nnunet`: 1, 1/2, 1/4, … with 0 for the coarsest of several,
 * divided by their sum. Source: nnU-Net v2, nnUNetTrainer.
 */
export const levelWeights: Readonly<Record<'exp' | 'same' | 'two' | 'nnunet', LevelWeights>> = {
  exp: (levels) => each(levels, (level) => Math.max(0.5 ** level, 0.0625)),
  same: (levels) => each(levels, () => 1),
  two: (levels) => each(levels, (level) => (level === 0 ? 1 : 0.5)),
  nnunet: (levels) => {
    const halves = each(levels, (level) => (level > 0 && level === levels - 1 ? 0 : 0.5 ** level));
    const total = halves.reduce((sum, weight) => sum + weight, 0);
    return halves.map((weight) => weight / total);
  },
};

/** What {@link deepSupervision} leaves open. */
export type DeepSupervisionOptions = Omit<LevelsSpec, 'format' | 'levels'>;

/**
 * Deep supervision by one loss: `Σ weights[i] · loss(predictions[i], target at its size)`.
 *
 * Source: Lee et al. 2015, arXiv:1409.5185; MONAI `DeepSupervisionLoss`.
 *
 * @param weights - One per level, the finest first.
 *
 * @example
 * ```ts
 * const loss = diceCrossEntropy({ target: 'labels', activation: 'softmax' });
 * deepSupervision(loss, levelWeights.exp(3));
 * ```
 */
export function deepSupervision(
  loss: LossSpec,
  weights: readonly number[],
  options: DeepSupervisionOptions = {},
): LevelsSpec {
  return { ...options, levels: weights.map((weight) => ({ weight, loss })) };
}
