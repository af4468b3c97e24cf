import type { LossSpec } from '../spec/loss.js';
import { combine } from './combine.js';
import { type CrossEntropyOptions, crossEntropy } from './cross-entropy.js';
import { tversky } from './presets.js';

/** What the unified focal losses share. */
export interface UnifiedFocalOptions extends Pick<LossSpec, 'target' | 'voxels' | 'rescale'> {
  /** `asymmetric` spares the background alone and enhances the foreground alone; the default. */
  readonly form?: 'symmetric' | 'asymmetric';
  readonly activation?: CrossEntropyOptions['activation'];
  /** Number of channels, the first of which is the background; 2 by default. */
  readonly channels?: number;
  /** Weight of the false negatives and of the foreground, in [0, 1]; 0.6 by default. */
  readonly delta?: number;
  /** How much easy voxels and classes are spared, above 0 and below 1; 0.5 by default. */
  readonly gamma?: number;
  /** Smoothing of the ratio, and distance from 0 and 1 within which p is kept; 1e-7 by default. */
  readonly epsilon?: number;
}

/** The share of the two parts of {@link unifiedFocal}. */
export interface UnifiedFocalWeights extends UnifiedFocalOptions {
  /** Weight of the focal Tversky part; the cross-entropy has the rest to 1. 0.5 by default. */
  readonly weight?: number;
}

/**
 * Focal Tversky part of the unified focal loss: the mean over samples and classes of
 * `(1 - (I + e) / (I + delta FN + (1 - delta) FP + e))^(1 - gamma)`; asymmetric, the background without
 * the power.
 *
 * Source: Yeung et al. 2022, Comput. Med. Imaging Graph. 95:102026; mlyg/unified-focal-loss
 * `symmetric_focal_tversky_loss`, `asymmetric_focal_tversky_loss`.
 */
export function unifiedFocalTversky(options: UnifiedFocalOptions = {}): LossSpec {
  const { form = 'asymmetric', channels = 2, delta = 0.6, gamma = 0.5, epsilon = 1e-7 } = options;
  const shared = {
    ...sharedOf(options),
    alpha: 1 - delta,
    beta: delta,
    smoothing: { numerator: epsilon, denominator: epsilon },
  };
  const power = { cell: 1 - gamma };
  if (form === 'symmetric') return tversky({ ...shared, classes: 'all', power });
  return combine([
    [1 / channels, tversky({ ...shared, ...background, name: 'background Tversky' })],
    [
      1 - 1 / channels,
      tversky({ ...shared, classes: 'foreground', power, name: 'foreground Tversky' }),
    ],
  ]);
}

/**
 * Focal cross-entropy part of the unified focal loss: the mean over the voxels of
 * `-v_c (1 - p)^gamma t log p`, `v = delta` for the foreground and `1 - delta` for the background, p kept
 * in [e, 1 - e]; asymmetric, the foreground without the focal factor.
 *
 * Source: as {@link unifiedFocalTversky}; `symmetric_focal_loss`, `asymmetric_focal_loss`.
 */
export function unifiedFocalCrossEntropy(options: UnifiedFocalOptions = {}): LossSpec {
  const { form = 'asymmetric', channels = 2, delta = 0.6, gamma = 0.5, epsilon = 1e-7 } = options;
  const sigmoid = options.activation === 'sigmoid';
  const shared: CrossEntropyOptions = {
    ...sharedOf(options),
    ...(sigmoid ? { negative: 0 } : { distribution: 'categorical' }),
    logarithm: 'clipped',
    floor: epsilon,
    reduction: 'class-sum',
  };
  if (form === 'symmetric') {
    const values = Array.from({ length: channels }, (_, at) => (at === 0 ? 1 - delta : delta));
    return crossEntropy({ ...shared, focus: gamma, weights: { kind: 'given', values } });
  }
  return combine([
    [
      1 - delta,
      crossEntropy({ ...shared, ...background, focus: gamma, name: 'background cross-entropy' }),
    ],
    [delta, crossEntropy({ ...shared, classes: 'foreground', name: 'foreground cross-entropy' })],
  ]);
}

/**
 * Unified focal loss: `weight` times {@link unifiedFocalTversky} and `1 - weight` times
 * {@link unifiedFocalCrossEntropy}; no activation by default, asymmetric.
 *
 * MONAI's `AsymmetricUnifiedFocalLoss` weighs the cross-entropy by its `weight`, as the paper does.
 * Source: Yeung et al. 2022, Comput. Med. Imaging Graph. 95:102026, sections 3.1 and 3.2;
 * mlyg/unified-focal-loss `sym_unified_focal_loss`, `asym_unified_focal_loss`.
 *
 * @example
 * ```ts
 * unifiedFocal({ target: 'labels', activation: 'softmax', delta: 0.6, gamma: 0.5 });
 * ```
 */
export function unifiedFocal(options: UnifiedFocalWeights = {}): LossSpec {
  const { weight = 0.5, ...rest } = options;
  return combine([
    [weight, unifiedFocalTversky(rest)],
    [1 - weight, unifiedFocalCrossEntropy(rest)],
  ]);
}

const background = { classes: { kind: 'list', channels: [0] } } as const;

function sharedOf(
  options: UnifiedFocalOptions,
): Pick<CrossEntropyOptions, 'target' | 'voxels' | 'rescale' | 'activation'> {
  const { target, voxels, rescale, activation = 'none' } = options;
  return {
    activation,
    ...(target === undefined ? {} : { target }),
    ...(voxels === undefined ? {} : { voxels }),
    ...(rescale === undefined ? {} : { rescale }),
  };
}
