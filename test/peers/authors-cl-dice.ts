import { argumentsOf } from './arguments.js';
import { centerlineLoss } from './centerline.js';
import type { PeerBuilder } from './peer-loss.js';

/** `iter_` is taken and not used: the skeleton is always made by `SoftSkeletonize(num_iter=10)`. */
const iterations = 10;

/**
 * clDice `soft_cldice`, by the authors of the paper.
 *
 * Source: jocpae/clDice 47d31a6, cldice_loss/pytorch/cldice.py.
 */
export const authorsClDice: PeerBuilder = (golden) => {
  const args = argumentsOf(golden, ['iter_', 'smooth', 'exclude_background']);
  args.number('iter_');
  return centerlineLoss(golden, {
    iterations,
    smoothing: args.number('smooth') ?? 1,
    foreground: args.flag('exclude_background', false),
  });
};

/** clDice `soft_dice_cldice`: the smoothing of its Dice is 1, whatever that of clDice. */
export const authorsDiceClDice: PeerBuilder = (golden) => {
  const args = argumentsOf(golden, ['iter_', 'alpha', 'smooth', 'exclude_background']);
  args.number('iter_');
  return centerlineLoss(golden, {
    iterations,
    smoothing: args.number('smooth') ?? 1,
    foreground: args.flag('exclude_background', false),
    withDice: { alpha: args.number('alpha') ?? 0.5, smoothing: 1 },
  });
};
