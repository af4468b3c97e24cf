import type { Counting } from './counting.js';

/**
 * `I = Σ w p t`, `P = Σ w p^k`, `T = Σ w t^k`; `dI/dp = w t`, `dP/dp = k w p^(k-1)`, `dT/dp = 0`.
 *
 * Source: Milletari et al. 2016 (arXiv:1606.04797), section 3 (k = 2); mmsegmentation `DiceLoss`
 * (any k).
 */
export function power({ exponent }: { readonly exponent: number }): Counting {
  return {
    maps: {
      I: { value: (p, t) => p * t, slope: (_p, t) => t },
      P: { value: (p) => p ** exponent, slope: (p) => exponent * p ** (exponent - 1) },
      T: { value: (_p, t) => t ** exponent, slope: () => 0 },
    },
    sums: { I: ['I'], P: ['P'], T: ['T'] },
  };
}
