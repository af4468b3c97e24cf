import type { Counting } from './counting.js';

/**
 * `I = Σ w p t`, `P = Σ w p`, `T = Σ w t`; `dI/dp = w t`, `dP/dp = w`, `dT/dp = 0`.
 *
 * Source: MONAI 1.5.0 `DiceLoss`, nnU-Net v2 `SoftDiceLoss`.
 */
export function product(): Counting {
  return {
    maps: {
      I: { value: (p, t) => p * t, slope: (_p, t) => t },
      P: { value: (p) => p, slope: () => 1 },
      T: { value: (_p, t) => t, slope: () => 0 },
    },
    sums: { I: ['I'], P: ['P'], T: ['T'] },
  };
}
