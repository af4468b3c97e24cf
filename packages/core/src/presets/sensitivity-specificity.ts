import type { LossSpec, TermSpec } from '../spec/loss.js';

type Term = Extract<TermSpec, { readonly kind: 'sensitivity-specificity' }>;

/** Everything that {@link sensitivitySpecificity} leaves open: target, voxels, and the choices of its term. */
export type SensitivitySpecificityOptions = Omit<LossSpec, 'terms' | 'format'> & Omit<Term, 'kind'>;

/**
 * Sensitivity-specificity loss:
 * `r sum (p - t)^2 t / (sum t + s) + (1 - r) sum (p - t)^2 (1 - t) / (sum (1 - t) + s)`, in [0, 1] for p
 * and t in [0, 1]; the score is 1 minus it.
 *
 * Defaults: one-hot target, no activation, all classes, a loss per sample and class, r = 0.1, s = 1.
 * Source: Brosch et al. 2015, MICCAI, doi:10.1007/978-3-319-24574-4_1; SegLossOdyssey `SSLoss`.
 *
 * @example
 * ```ts
 * sensitivitySpecificity({ target: 'binary', activation: 'sigmoid', sensitivityRatio: 0.05 });
 * ```
 */
export function sensitivitySpecificity(options: SensitivitySpecificityOptions = {}): LossSpec {
  const { target, voxels, rescale, ...term } = options;
  return {
    ...(target === undefined ? {} : { target }),
    ...(voxels === undefined ? {} : { voxels }),
    ...(rescale === undefined ? {} : { rescale }),
    terms: [{ ...term, kind: 'sensitivity-specificity' }],
  };
}
