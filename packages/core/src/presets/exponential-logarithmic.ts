import type { LossSpec } from '../spec/loss.js';
import { combine } from './combine.js';
import { type CrossEntropyOptions, crossEntropy } from './cross-entropy.js';
import { dice } from './presets.js';

/** What {@link exponentialLogarithmic} leaves open. */
export interface ExponentialLogarithmicOptions
  extends Pick<LossSpec, 'target' | 'voxels' | 'rescale'> {
  /** Softmax by default. */
  readonly activation?: 'softmax' | 'none';
  /** Weight of the Dice part; the cross-entropy has the rest to 1. 0.8 by default. */
  readonly weight?: number;
  /** Exponent of both logarithms, above 0 and at most 4; 0.3 by default. */
  readonly gamma?: number;
  /** Of the cross-entropy; by frequency as `(f + 0.1)^-0.5` by default. */
  readonly weights?: CrossEntropyOptions['weights'];
}

/**
 * Exponential logarithmic loss: `weight` times the mean of `(-log(0.005 + 0.99 D))^gamma` over the classes
 * of the batch, D their Dice scores, and the rest to 1 times the mean over the voxels of
 * `v t (-log(0.005 + 0.99 p))^gamma`.
 *
 * The paper has no 0.005 and 0.99, with which an exponent below 1 has a finite gradient at p = t.
 * Source: Wong et al. 2018, arXiv:1809.00076, equations 1 to 4; PyMIC `ExpLogLoss`.
 *
 * @example
 * ```ts
 * exponentialLogarithmic({ target: 'labels', gamma: 0.3 });
 * ```
 */
export function exponentialLogarithmic(options: ExponentialLogarithmicOptions = {}): LossSpec {
  const {
    weight = 0.8,
    gamma = 0.3,
    weights = 'frequency',
    activation = 'softmax',
    ...shared
  } = options;
  const affine = { offset: 0.005, scale: 0.99 };
  const overlap = dice({
    ...shared,
    activation,
    per: 'batch',
    transform: { kind: 'log', ...affine },
    power: { cell: gamma },
  });
  const entropy = crossEntropy({
    ...shared,
    activation,
    distribution: 'categorical',
    logarithm: { kind: 'affine', ...affine },
    exponent: gamma,
    weights,
  });
  return combine([
    [weight, overlap],
    [1 - weight, entropy],
  ]);
}
