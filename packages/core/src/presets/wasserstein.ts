import type { LossSpec, TermSpec } from '../spec/loss.js';

type Term = Extract<TermSpec, { readonly kind: 'wasserstein' }>;

/** Everything that {@link wassersteinDice} leaves open: target, voxels, and the choices of its term. */
export type WassersteinOptions = Omit<LossSpec, 'terms' | 'format'> & Omit<Term, 'kind'>;

/**
 * Generalised Wasserstein Dice loss: `1 - (2 A + n) / (2 A + sum_l D_l + d)` per sample, where an
 * error costs the distance between the classes; `D_l = sum t_l sum_c M_lc p_c`,
 * `A = sum_{l > 0} (V_l - D_l)`, `V_l = sum t_l`.
 *
 * Defaults: one-hot target, softmax, n = d = 1e-5. The distances M are divided by the largest of them,
 * as in the paper, so that they may be given in any unit.
 * Source: Fidon et al. 2017, arXiv:1707.00478; MONAI `GeneralizedWassersteinDiceLoss`.
 *
 * @example
 * ```ts
 * // Background, tumour core, oedema: taking one tumour class for the other is half an error.
 * wassersteinDice({
 *   target: 'labels',
 *   distances: [
 *     [0, 1, 1],
 *     [1, 0, 0.5],
 *     [1, 0.5, 0],
 *   ],
 * });
 * ```
 */
export function wassersteinDice(options: WassersteinOptions): LossSpec {
  const { target, voxels, rescale, distances, ...term } = options;
  // Not of all at once: an engine takes so many arguments and no more.
  const largest = Math.max(...distances.map((row) => Math.max(...row)));
  const unit = largest > 0 && Number.isFinite(largest) ? largest : 1;
  return {
    ...(target === undefined ? {} : { target }),
    ...(voxels === undefined ? {} : { voxels }),
    ...(rescale === undefined ? {} : { rescale }),
    terms: [
      {
        activation: 'softmax',
        ...term,
        distances: distances.map((row) => row.map((distance) => distance / unit)),
        kind: 'wasserstein',
      },
    ],
  };
}
