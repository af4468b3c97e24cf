import type { LossSpec } from '../spec/loss.js';
import { type OverlapOptions, overlapLoss } from './options.js';

/** Exponent of {@link noiseRobustDice}. */
export interface NoiseRobustDiceOptions extends OverlapOptions {
  /** Exponent of the errors, in [1, 2]; 1.5 by default. */
  readonly gamma?: number;
}

/**
 * Noise-robust Dice loss: `sum |p - t|^gamma / (P + T + d)` per class over the batch.
 *
 * Source: Wang et al. 2020, doi 10.1109/TMI.2020.3000314; PyMIC `NoiseRobustDiceLoss`, which has no
 * smoothing in the numerator and so the loss of an absent class that is predicted empty 0, as here with
 * n = d = 1e-5.
 *
 * @example
 * ```ts
 * noiseRobustDice({ target: 'labels', activation: 'softmax', gamma: 1.5 });
 * ```
 */
export function noiseRobustDice(options: NoiseRobustDiceOptions = {}): LossSpec {
  const { gamma, ...rest } = options;
  const exponent = gamma === undefined ? {} : { exponent: gamma };
  return overlapLoss(rest, {
    index: 'dice',
    per: 'batch',
    counting: { kind: 'noise-robust', ...exponent },
  });
}

/** Exponent of {@link focalDice}. */
export interface FocalDiceOptions extends OverlapOptions {
  /** The score is raised to 1 / beta; 2 by default. */
  readonly beta?: number;
}

/**
 * Focal Dice loss: `1 - s^(1 / beta)` with s the Dice score of a class over the batch.
 *
 * Source: Wang and Chung 2018, doi 10.1007/978-3-030-00889-5_14; PyMIC `FocalDiceLoss`.
 */
export function focalDice(options: FocalDiceOptions = {}): LossSpec {
  const { beta = 2, ...rest } = options;
  return overlapLoss(rest, {
    index: 'dice',
    per: 'batch',
    transform: { kind: 'power-complement', exponent: 1 / beta },
  });
}

/** Exponent of {@link exponentialLogarithmicDice}. */
export interface ExponentialLogarithmicDiceOptions extends OverlapOptions {
  /** Exponent of the logarithm; 0.3 by default. */
  readonly gamma?: number;
}

/**
 * Exponential logarithmic Dice loss: `(-log s)^gamma` per class, averaged.
 *
 * Source: Wong et al. 2018, arXiv:1809.00076, equation 2.
 */
export function exponentialLogarithmicDice(
  options: ExponentialLogarithmicDiceOptions = {},
): LossSpec {
  const { gamma = 0.3, ...rest } = options;
  return overlapLoss(rest, { index: 'dice', transform: 'log', power: { cell: gamma } });
}

/** Strength of {@link penaltyGeneralizedDice}. */
export interface PenaltyGeneralizedDiceOptions extends OverlapOptions {
  /** How much steeper the loss is at low scores; 2.5 by default. */
  readonly strength?: number;
}

/**
 * Generalised Dice loss with a penalty: `x / (1 + k (1 - x))`, x = 1 - s with s the mean of the generalised
 * Dice scores of the samples.
 *
 * Source: Yang et al. 2019, MIDL, openreview.net/forum?id=H1lTh8unKN.
 */
export function penaltyGeneralizedDice(options: PenaltyGeneralizedDiceOptions = {}): LossSpec {
  const { strength, ...rest } = options;
  return overlapLoss(rest, {
    index: 'dice',
    per: 'merged-image',
    weights: { kind: 'volume', on: 'both-sums' },
    transform: { kind: 'penalty', ...(strength === undefined ? {} : { strength }) },
    transformed: 'mean',
  });
}
