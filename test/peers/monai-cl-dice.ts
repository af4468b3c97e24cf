import { argumentsOf } from './arguments.js';
import { centerlineLoss } from './centerline.js';
import type { PeerBuilder } from './peer-loss.js';

/**
 * MONAI `SoftclDiceLoss`: precision and sensitivity over all channels but 0 and all samples, also where
 * there is no other channel.
 *
 * Source: MONAI 1.5.0, monai/losses/cldice.py.
 */
export const monaiClDice: PeerBuilder = (golden) => {
  const args = argumentsOf(golden, ['iter_', 'smooth']);
  return centerlineLoss(golden, {
    iterations: args.number('iter_') ?? 3,
    smoothing: args.number('smooth') ?? 1,
    foreground: true,
  });
};

/** MONAI `SoftDiceclDiceLoss`: `(1 - alpha) Dice + alpha clDice`, with the same smoothing. */
export const monaiDiceClDice: PeerBuilder = (golden) => {
  const args = argumentsOf(golden, ['iter_', 'smooth', 'alpha']);
  const smoothing = args.number('smooth') ?? 1;
  return centerlineLoss(golden, {
    iterations: args.number('iter_') ?? 3,
    smoothing,
    foreground: true,
    withDice: { alpha: args.number('alpha') ?? 0.5, smoothing },
  });
};
