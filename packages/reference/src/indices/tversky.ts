import { combination } from '../numeric/dual.js';
import type { OverlapIndex } from './overlap-index.js';

/**
 * `I / D` with `D = I + α (P - I) + β (T - I)`, α on false positives and β on false negatives;
 * derivative by I of the ratio s: `(1 - s (1 - α - β)) / D`, by P: `-α s / D`, by T: `-β s / D`.
 *
 * Source: Tversky 1977 (Psychological Review 84:327–352); Salehi et al. 2017 (arXiv:1706.05721).
 */
export function tversky({
  alpha,
  beta,
}: {
  readonly alpha: number;
  readonly beta: number;
}): OverlapIndex {
  return ({ overlap, I, P, T }) => {
    const falsePositives = combination([1, P], [-1, I]);
    const falseNegatives = combination([1, T], [-1, I]);
    return {
      numerator: overlap,
      denominator: combination([1, I], [alpha, falsePositives], [beta, falseNegatives]),
    };
  };
}
