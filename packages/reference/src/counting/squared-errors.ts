import type { Counting } from './counting.js';

/**
 * `I = Σ w (p t)²`, `FP = Σ w (p (1-t))²`, `FN = Σ w ((1-p) t)²`, and `P = I + FP`, `T = I + FN`;
 * `dI/dp = 2 w p t²`, `dFP/dp = 2 w p (1-t)²`, `dFN/dp = -2 w (1-p) t²`.
 *
 * Source: SegLossOdyssey, `get_tp_fp_fn` of losses_pytorch/dice_loss.py with `square`.
 */
export function squaredErrors(): Counting {
  return {
    maps: {
      I: { value: (p, t) => (p * t) ** 2, slope: (p, t) => 2 * p * t ** 2 },
      FP: { value: (p, t) => (p * (1 - t)) ** 2, slope: (p, t) => 2 * p * (1 - t) ** 2 },
      FN: { value: (p, t) => ((1 - p) * t) ** 2, slope: (p, t) => -2 * (1 - p) * t ** 2 },
    },
    sums: { I: ['I'], P: ['I', 'FP'], T: ['I', 'FN'] },
  };
}
