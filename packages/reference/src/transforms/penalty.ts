import { through } from '../numeric/dual.js';
import type { Transform } from './transform.js';

/**
 * `x / (1 + k (1 - x))`, whose derivative by x is `(1 + k) / (1 + k (1 - x))²`; dx/ds = -1.
 *
 * Source: SegLossOdyssey `PenaltyGDiceLoss`, `gdc / (1 + k (1 - gdc))` with gdc = -s; Yang et al. 2019
 * (MIDL), where it is 1 - s.
 */
export function penalty({
  strength,
  of,
}: {
  readonly strength: number;
  readonly of: 'complement' | 'negative';
}): Transform {
  return (s) => {
    const x = of === 'negative' ? -s.value : 1 - s.value;
    const divisor = 1 + strength * (1 - x);
    return through(s, x / divisor, -(1 + strength) / divisor ** 2);
  };
}
