import { dice } from '@softdice/core';
import { argumentsOf } from './arguments.js';
import { hasPlanes, nonlinearity } from './nnunet-inputs.js';
import type { PeerBuilder } from './peer-loss.js';

/**
 * nnU-Net `SoftDiceLoss`: minus the mean of `(2tp + smooth) / max(2tp + fp + fn + smooth, 1e-8)`.
 *
 * `ddp` with `batch_dice` adds the sums of all processes, each with a part of the batch: the value is that
 * of the whole. Each adds the gradients of all too, so that it has as many times the gradient, which
 * torch's DistributedDataParallel then averages.
 *
 * Source: nnU-Net 2.8.1, nnunetv2/training/loss/dice.py.
 */
export const nnunetSoftDice: PeerBuilder = (golden) => {
  const known = ['apply_nonlin', 'batch_dice', 'do_bg', 'smooth', 'ddp', 'clip_tp'];
  const args = argumentsOf(golden, known);
  const { input, target, mask } = golden;
  const channels = input.shape[1] ?? 0;
  const activation = nonlinearity(args.word('apply_nonlin'), channels);
  if (typeof activation !== 'string') return activation;
  if ((args.number('clip_tp') ?? 0) > 0) {
    return { notOurs: 'clip_tp bounds the intersection from below in numerator and denominator' };
  }
  const { worldSize: processes = 1 } = golden;
  const joined = args.flag('ddp', true) && args.flag('batch_dice', false);
  if (processes > 1 && !joined) return { notOurs: 'each process has a loss of its own' };
  const background = args.flag('do_bg', true);
  if (!background && channels === 1) return { notOurs: 'a mean over no class is NaN' };
  const smooth = args.number('smooth') ?? 1;
  const asPlanes = hasPlanes(golden);
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
    ...(processes === 1 ? {} : { processes }),
  };
};

/**
 * nnU-Net `MemoryEfficientSoftDiceLoss`: {@link nnunetSoftDice} from I, P and T rather than from tp, fp
 * and fn, and without `clip_tp`.
 */
export const nnunetMemoryEfficientSoftDice: PeerBuilder = (golden) => {
  argumentsOf(golden, ['apply_nonlin', 'batch_dice', 'do_bg', 'smooth', 'ddp']);
  return nnunetSoftDice(golden);
};
