import type { PeerBuilder } from './peer-loss.js';
import { beforeSmp04, smpOverlap } from './smp-overlap.js';

/**
 * segmentation_models.pytorch `DiceLoss`: `1 - (I + smooth) / max(I + FP/2 + FN/2 + smooth, eps)`;
 * before 0.4 `1 - (2I + smooth) / max(P + T + smooth, eps)`.
 *
 * Source: segmentation_models.pytorch 0.5.0 at 5006616 and 0.3.4, losses/dice.py.
 */
export const smpDice: PeerBuilder = (golden) => {
  const old = beforeSmp04(golden);
  return smpOverlap(golden, {
    own: ['ignore_index', ...(old ? [] : ['class_weights'])],
    score: () => ({
      alpha: 0.5,
      beta: 0.5,
      unit: old ? 2 : 1,
      counting: old ? 'product' : 'minimum',
    }),
  });
};
