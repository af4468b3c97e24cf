import { compensatedSum } from '../numeric/compensated-sum.js';
import type { WassersteinTerm } from './wasserstein.js';

/** A score and its derivative by the error D of each class. */
export interface WassersteinScore {
  readonly score: number;
  readonly byError: readonly number[];
}

/**
 * `s = (2 A + n) / max(N + d, f)` with `A = Σ a (V - D)`.
 *
 * - foreground: a is 0 for the background, class 0, and 1 for the others; `N = 2 A + Σ D`.
 *   Source: Fidon et al. 2017, equation 9 and the choice of alpha below it.
 * - volume: `a = 1 / (V + 1)`, `N = Σ a (2 V - D)`.
 *   Source: GWDL `compute_weights_generalized_true_positives` and `compute_denominator` of weighting 'GDL'.
 *
 * By D_l: `((2 A)' - s N') / max(…)` with `(2 A)' = -2 a_l`, `N' = 1 - 2 a_l` or `-a_l`; N' counts
 * half at the floor and not below it.
 */
export function wassersteinScore(
  { weighting, smoothing }: WassersteinTerm,
  V: readonly number[],
  D: readonly number[],
): WassersteinScore {
  const volume = weighting === 'volume';
  const weights = V.map((v, l) => (volume ? 1 / (v + 1) : l === 0 ? 0 : 1));
  const sum = (of: (v: number, d: number, a: number) => number): number =>
    compensatedSum(V.length, (l) => of(V[l] ?? 0, D[l] ?? 0, weights[l] ?? 0));
  const doubled = 2 * sum((v, d, a) => a * (v - d));
  const size = volume ? sum((v, d, a) => a * (2 * v - d)) : doubled + sum((_, d) => d);
  const smoothed = size + smoothing.denominator;
  const divisor = Math.max(smoothed, smoothing.floor);
  const score = (doubled + smoothing.numerator) / divisor;
  const moves = smoothed > smoothing.floor ? 1 : smoothed < smoothing.floor ? 0 : 0.5;
  const sizeSlope = (a: number): number => moves * (volume ? -a : 1 - 2 * a);
  return { score, byError: weights.map((a) => (-2 * a - score * sizeSlope(a)) / divisor) };
}
