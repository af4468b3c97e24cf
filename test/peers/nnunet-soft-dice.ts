import { dice } from '@softdice/core';
import { argumentsOf } from './arguments.js';
import type { GoldenCase } from './golden-case.js';
import type { NotOurs, PeerBuilder } from './peer-loss.js';

/**
 * nnU-Net `SoftDiceLoss`: minus the mean of `(2tp + smooth) / max(2tp + fp + fn + smooth, 1e-8)`.
 *
 * `ddp` adds the sums of processes; here there is one.
 *
 * Source: nnU-Net 2.8.1, nnunetv2/training/loss/dice.py.
 */
export const nnunetSoftDice: PeerBuilder = (golden) => {
  const known = ['apply_nonlin', 'batch_dice', 'do_bg', 'smooth', 'ddp', 'clip_tp'];
  const args = argumentsOf(golden, known);
  const { input, target, mask } = golden;
  const channels = input.shape[1] ?? 0;
  const activation = activationOf(args.word('apply_nonlin'), channels);
  if (typeof activation !== 'string') return activation;
  if ((args.number('clip_tp') ?? 0) > 0) {
    return { notOurs: 'clip_tp bounds the intersection from below in numerator and denominator' };
  }
  const background = args.flag('do_bg', true);
  if (!background && channels === 1) return { notOurs: 'a mean over no class is NaN' };
  const smooth = args.number('smooth') ?? 1;
  const asPlanes = planes(golden);
  const spec = dice({
    target: !asPlanes ? 'labels' : target.kind === 'soft' ? 'soft' : 'multilabel',
    // The mask multiplies every count.
    voxels: mask === undefined ? 'all' : 'weights',
    activation,
    classes: background ? 'all' : 'foreground',
    per: args.flag('batch_dice', false) ? 'batch' : 'image',
    smoothing: { numerator: smooth, denominator: smooth, floor: 1e-8 },
    transform: 'negative',
  });
  return {
    spec,
    prediction: input,
    target: asPlanes ? { shape: input.shape, data: target.data } : target,
    ...(mask === undefined ? {} : { mask }),
  };
};

/** A target of the prediction's shape, a missing channel axis aside, is taken as planes. */
function planes({ input, target }: GoldenCase): boolean {
  return input.shape.join() === target.shape.join() || input.shape[1] === 1;
}

function activationOf(
  name: string | undefined,
  channels: number,
): 'softmax' | 'sigmoid' | 'none' | NotOurs {
  if (name === undefined) return 'none';
  if (name === 'sigmoid') return 'sigmoid';
  if (name !== 'softmax') return { notOurs: `apply_nonlin ${name} is no activation of a spec` };
  return channels > 1 ? 'softmax' : { notOurs: 'softmax of one channel is 1 everywhere' };
}
