import { combination } from '../numeric/dual.js';
import type { OverlapIndex } from './overlap-index.js';

/**
 * `I / U` with `U = P + T - I`; derivative by I of the ratio s: `(1 + s) / U`, by P and T: `-s / U`.
 *
 * Source: Jaccard 1912 (New Phytologist 11:37–50).
 */
export function jaccard(): OverlapIndex {
  return ({ overlap, I, P, T }) => ({
    numerator: overlap,
    denominator: combination([1, P], [1, T], [-1, I]),
  });
}
