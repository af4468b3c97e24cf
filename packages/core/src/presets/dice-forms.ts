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
