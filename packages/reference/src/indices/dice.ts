import { combination } from '../numeric/dual.js';
import type { OverlapIndex } from './overlap-index.js';

/**
 * `2I / (P + T)`; derivative by I of the ratio s: `2 / (P + T)`, by P and T: `-s / (P + T)`.
 *
 * Source: Dice 1945 (Ecology 26:297–302).
 */
export function dice(): OverlapIndex {
  return ({ overlap, P, T }) => ({
    numerator: combination([2, overlap]),
    denominator: combination([1, P], [1, T]),
  });
}
