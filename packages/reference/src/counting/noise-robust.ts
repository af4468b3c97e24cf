import type { Counting } from './counting.js';

/**
 * `I = (P + T - E) / 2` with `E = Σ w |p - t|^g`, `P = Σ w p`, `T = Σ w t`;
 * `dE/dp = g w |p - t|^(g-1) sign(p - t)`, 0 at p = t.
 *
 * Source: PyMIC `NoiseRobustDiceLoss`, whose loss `E / (P + T + 1e-5)` is `1 - 2 I / (P + T)` but for
 * smoothing; Wang et al. 2020 (doi 10.1109/TMI.2020.3000314).
 */
export function noiseRobust({ exponent }: { readonly exponent: number }): Counting {
  return {
    maps: {
      I: {
        value: (p, t) => (p + t - Math.abs(p - t) ** exponent) / 2,
        slope: (p, t) => (1 - exponent * Math.abs(p - t) ** (exponent - 1) * Math.sign(p - t)) / 2,
      },
      P: { value: (p) => p, slope: () => 1 },
      T: { value: (_p, t) => t, slope: () => 0 },
    },
    sums: { I: ['I'], P: ['P'], T: ['T'] },
  };
}
