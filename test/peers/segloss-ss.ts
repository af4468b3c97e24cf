import { sensitivitySpecificity } from '@softdice/core';
import { argumentsOf } from './arguments.js';
import { hasPlanes, nonlinearity } from './nnunet-inputs.js';
import type { PeerBuilder } from './peer-loss.js';

/**
 * SegLossOdyssey `SSLoss`: the mean of
 * `0.1 sum (t - p)^2 t / (sum t + smooth) + 0.9 sum (t - p)^2 (1 - t) / (sum (1 - t) + smooth)`.
 * `square` and the mask are read by nothing; without `apply_nonlin` the prediction has no name.
 *
 * Source: SegLossOdyssey d562441, losses_pytorch/dice_loss.py.
 */
export const seglossSs: PeerBuilder = (golden) => {
  const args = argumentsOf(golden, ['apply_nonlin', 'batch_dice', 'do_bg', 'smooth', 'square']);
  const { input, target } = golden;
  const channels = input.shape[1] ?? 0;
  const named = args.word('apply_nonlin');
  if (named === undefined) return { notOurs: 'without apply_nonlin the peer raises a NameError' };
  const activation = nonlinearity(named, channels);
  if (typeof activation !== 'string') return activation;
  const background = args.flag('do_bg', true);
  if (!background && channels === 1) return { notOurs: 'a mean over no class is NaN' };
  const smooth = args.number('smooth') ?? 1;
  const planes = hasPlanes(golden);
  const spec = sensitivitySpecificity({
    target: !planes ? 'labels' : target.kind === 'soft' ? 'soft' : 'multilabel',
    activation,
    classes: background ? 'all' : 'foreground',
    sensitivityRatio: 0.1,
    per: args.flag('batch_dice', false) ? 'batch' : 'image',
    // Without smoothing a class that is nowhere, or everywhere, is 0/0.
    smoothing: Math.max(smooth, 1e-16),
  });
  const maps = planes ? { shape: input.shape, data: target.data } : target;
  return { spec, prediction: input, target: maps };
};
