import type { PeerBuilder } from './peer-loss.js';
import { beforeSmp04, smpOverlap } from './smp-overlap.js';

/**
 * segmentation_models.pytorch `JaccardLoss`: `1 - (I + smooth) / max(P + T - I + smooth, eps)`.
 *
 * Source: segmentation_models.pytorch 0.5.0 at 5006616 and 0.3.4, losses/jaccard.py.
 */
export const smpJaccard: PeerBuilder = (golden) => {
  const old = beforeSmp04(golden);
  return smpOverlap(golden, {
    own: old ? [] : ['ignore_index', 'class_weights'],
    score: () => ({ alpha: 1, beta: 1, unit: 1, counting: old ? 'product' : 'minimum' }),
  });
};
