import { combination } from '../numeric/dual.js';
import type { OverlapIndex } from './overlap-index.js';

/**
 * `(1 + b) I / D` with `b = β²` and `D = (1 + b) I + b (T - I) + (P - I)`, which is `b T + P`;
 * derivative by I of the ratio s: `(1 + b) / D`, by P: `-s / D`, by T: `-b s / D`.
 *
 * Source: van Rijsbergen 1979, Information Retrieval, chapter 7; segmentation_models `f_score`.
 */
export function fBeta({ beta }: { readonly beta: number }): OverlapIndex {
  const b = beta ** 2;
  return ({ overlap, I, P, T }) => {
    const falsePositives = combination([1, P], [-1, I]);
    const falseNegatives = combination([1, T], [-1, I]);
    return {
      numerator: combination([1 + b, overlap]),
      denominator: combination([1 + b, I], [b, falseNegatives], [1, falsePositives]),
    };
  };
}
