import type { PeerBuilder } from './peer-loss.js';
import { beforeSmp04, smpOverlap } from './smp-overlap.js';

/**
 * segmentation_models.pytorch `TverskyLoss`: the mean over the classes of
 * `1 - (I + smooth) / max(I + alpha FP + beta FN + smooth, eps)`, to the power gamma.
 *
 * Source: segmentation_models.pytorch 0.5.0 at 5006616 and 0.3.4, losses/tversky.py.
 */
export const smpTversky: PeerBuilder = (golden) => {
  const old = beforeSmp04(golden);
  return smpOverlap(golden, {
    own: ['alpha', 'beta', 'gamma', 'ignore_index', ...(old ? [] : ['class_weights'])],
    score: (args) => ({
      alpha: args.number('alpha') ?? 0.5,
      beta: args.number('beta') ?? 0.5,
      unit: 1,
      counting: old ? 'product' : 'minimum',
    }),
    power: (args) => args.number('gamma') ?? 1,
  });
};
