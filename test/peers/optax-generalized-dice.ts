import { tversky } from '@softdice/core';
import { argumentsOf } from './arguments.js';
import { channelsFirst } from './layout.js';
import type { PeerBuilder } from './peer-loss.js';

/**
 * optax `multiclass_generalized_dice_loss`: the mean of C v l per image and class, `v = 1 / (T^2 +
 * 1e-7)` over the batch and divided by the sum over the classes; `l = 1 - (I + s) / (I + (P - I) / 2 +
 * (T - I) / 2 + s)` of the softmax.
 *
 * Source: optax 0.2, optax/losses/_segmentation.py.
 */
export const optaxGeneralizedDice: PeerBuilder = (golden) => {
  const args = argumentsOf(golden, ['smooth']);
  const smooth = args.number('smooth') ?? 1;
  const spec = tversky({
    target: 'multilabel',
    activation: 'softmax',
    smoothing: { numerator: smooth, denominator: smooth },
    weights: {
      kind: 'volume',
      over: 'batch',
      normalise: 'weighted-mean',
      absent: { kind: 'epsilon', epsilon: 1e-7, to: 'power' },
    },
  });
  return {
    spec,
    prediction: channelsFirst(golden.input, golden.layout),
    target: channelsFirst(golden.target, golden.layout),
  };
};
