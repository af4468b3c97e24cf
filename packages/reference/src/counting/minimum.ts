import type { Counting } from './counting.js';

/**
 * `I = Σ w min(p, t)`, `P = Σ w p`, `T = Σ w t`; `dI/dp = w [p < t]`, and w/2 at p = t.
 *
 * The same as `(P + T - Σ w |p - t|) / 2`, hence the derivative at a tie.
 * Source: Wang et al. 2023 (arXiv:2302.05666), equation 7 and JDTLosses.
 */
export function minimum(): Counting {
  return {
    maps: {
      I: { value: (p, t) => Math.min(p, t), slope: (p, t) => (p < t ? 1 : p > t ? 0 : 0.5) },
      P: { value: (p) => p, slope: () => 1 },
      T: { value: (_p, t) => t, slope: () => 0 },
    },
    sums: { I: ['I'], P: ['P'], T: ['T'] },
  };
}
