import type { LossSpec } from '../spec/loss.js';
import { type OverlapOptions, overlapLoss } from './options.js';

/**
 * Dice loss, `1 - (2I + n) / (P + T + d)` per sample and class, averaged.
 *
 * Defaults: one-hot target, probabilities (no activation), all classes, n = d = 1e-5.
 * Source: Milletari et al. 2016, arXiv:1606.04797; MONAI `DiceLoss`.
 *
 * @example
 * ```ts
 * dice({ target: 'labels', activation: 'softmax', classes: 'foreground' });
 * ```
 */
export function dice(options: OverlapOptions = {}): LossSpec {
  return overlapLoss(options, { index: 'dice' });
}

/**
 * Jaccard (intersection over union) loss, `1 - (I + n) / (P + T - I + d)` per sample and class.
 *
 * Source: Rahman and Wang 2016.
 */
export function jaccard(options: OverlapOptions = {}): LossSpec {
  return overlapLoss(options, { index: 'jaccard' });
}

/** Weights of the errors in {@link tversky}. */
export interface TverskyOptions extends OverlapOptions {
  /** Weight of the false positives; 0.5 by default. */
  readonly alpha?: number;
  /** Weight of the false negatives; 0.5 by default. */
  readonly beta?: number;
}

/**
 * Tversky loss, `1 - (I + n) / (I + alpha (P - I) + beta (T - I) + d)` per sample and class.
 *
 * Source: Salehi et al. 2017, arXiv:1706.05721.
 */
export function tversky(options: TverskyOptions = {}): LossSpec {
  const { alpha, beta, ...rest } = options;
  const index = {
    kind: 'tversky',
    ...(alpha === undefined ? {} : { alpha }),
    ...(beta === undefined ? {} : { beta }),
  } as const;
  return overlapLoss(rest, { index });
}

/** Exponent of {@link focalTversky}. */
export interface FocalTverskyOptions extends TverskyOptions {
  /** Exponent of the loss of each cell; 0.75 by default. */
  readonly gamma?: number;
}

/**
 * Focal Tversky loss: {@link tversky} per cell to the power gamma, alpha 0.3 and beta 0.7.
 *
 * Source: Abraham and Khan 2019, arXiv:1810.07842, equation 4 with gamma for their 1/gamma.
 */
export function focalTversky(options: FocalTverskyOptions = {}): LossSpec {
  const { gamma = 0.75, ...rest } = options;
  return tversky({ alpha: 0.3, beta: 0.7, power: { cell: gamma }, ...rest });
}

/** Weight of recall in {@link fBeta}. */
export interface FBetaOptions extends OverlapOptions {
  /** Recall counts beta times as much as precision; 1 by default, which is Dice. */
  readonly beta?: number;
}

/** F-measure loss. Source: van Rijsbergen 1979, chapter 7. */
export function fBeta(options: FBetaOptions = {}): LossSpec {
  const { beta, ...rest } = options;
  return overlapLoss(rest, {
    index: beta === undefined ? 'f-beta' : { kind: 'f-beta', beta },
  });
}

/**
 * V-Net Dice loss: squares in the denominator, `1 - (2I + n) / (sum p^2 + sum t^2 + d)`.
 *
 * Source: Milletari et al. 2016, arXiv:1606.04797, section 3.
 */
export function vnet(options: OverlapOptions = {}): LossSpec {
  return overlapLoss(options, { index: 'dice', counting: { kind: 'power', exponent: 2 } });
}

/**
 * Dice loss for soft labels: least at p = t, `I = sum min(p, t)`.
 *
 * Source: Wang et al. 2023, arXiv:2303.16296 (Dice semimetric losses).
 */
export function softDice(options: OverlapOptions = {}): LossSpec {
  return overlapLoss({ target: 'soft', ...options }, { index: 'dice', counting: 'minimum' });
}

/**
 * Generalised Dice loss: `1 - (2 sum_c v I + n) / (sum_c v (P + T) + d)` per sample, `v = 1 / M^2` with
 * M the volume of the class in the target; a class that is absent weighs as much as the heaviest.
 *
 * Source: Sudre et al. 2017, arXiv:1707.03237; absent classes as MONAI
 * `GeneralizedDiceLoss` has them.
 *
 * @example
 * ```ts
 * generalizedDice({ target: 'labels', activation: 'softmax' });
 * ```
 */
export function generalizedDice(options: OverlapOptions = {}): LossSpec {
  return overlapLoss(options, {
    index: 'dice',
    per: 'merged-image',
    weights: { kind: 'volume', on: 'both-sums' },
  });
}

/** Log-cosh Dice loss. Source: Jadon 2020, arXiv:2006.14822, section III-N. */
export function logCoshDice(options: OverlapOptions = {}): LossSpec {
  return overlapLoss(options, { index: 'dice', transform: 'log-cosh' });
}
