import { dice, type OverlapOptions, tversky } from '@softdice/core';
import type { Tensor } from '@softdice/reference';
import { type Arguments, argumentsOf } from './arguments.js';
import type { GoldenCase } from './golden-case.js';
import type { NotOurs, PeerBuilder } from './peer-loss.js';

const shared = ['smooth', 'reduction', 'class_weight', 'loss_weight', 'ignore_index', 'loss_name'];

/**
 * mmsegmentation `DiceLoss`: the sum over classes but ignore_index, over C, of the mean over samples of
 * `1 - (2 sum m p t + smooth) / (sum p^k + sum t^k + smooth)`; m is 0 at ignored voxels, whose label is
 * clamped to a class.
 *
 * Source: mmsegmentation 1.x, mmseg/models/losses/dice_loss.py.
 */
export const mmsegDice: PeerBuilder = (golden) => {
  const args = argumentsOf(golden, [...shared, 'exponent']);
  const choices = mmsegChoices(golden, args);
  if ('notOurs' in choices) return choices;
  const { options, labels, ignored, classIsIgnored } = choices;
  // The mask acts at voxels of an ignored class alone, of which other classes have no target.
  if (ignored && !classIsIgnored) {
    return { notOurs: 'ignored voxels are left out of the intersection alone' };
  }
  const exponent = args.number('exponent') ?? 2;
  if (!(exponent >= 1 && exponent <= 8)) return { notOurs: `exponent ${exponent}` };
  const spec = dice({ ...options, counting: { kind: 'power', exponent } });
  return { spec, prediction: golden.input, target: labels };
};

/**
 * mmsegmentation `TverskyLoss`: as {@link mmsegDice} with `1 - (TP + s) / (TP + alpha FP + beta FN + s)`, in
 * which ignored voxels count nowhere.
 *
 * Source: mmsegmentation 1.x, mmseg/models/losses/tversky_loss.py.
 */
export const mmsegTversky: PeerBuilder = (golden) => {
  const args = argumentsOf(golden, [...shared, 'alpha', 'beta']);
  const choices = mmsegChoices(golden, args);
  if ('notOurs' in choices) return choices;
  const alpha = args.number('alpha') ?? 0.3;
  const beta = args.number('beta') ?? 0.7;
  if (alpha + beta === 0) return { notOurs: 'without errors in the denominator the score is 1' };
  const { options, labels, mask } = choices;
  const spec = tversky({ ...options, voxels: 'mask', alpha, beta });
  return { spec, prediction: golden.input, target: labels, mask };
};

interface MmsegChoices {
  readonly options: OverlapOptions;
  /** Labels clamped to the classes. */
  readonly labels: Tensor;
  /** 0 where the label is to be ignored. */
  readonly mask: Tensor;
  /** Whether any voxel is ignored, and whether those are of a class of their own. */
  readonly ignored: boolean;
  readonly classIsIgnored: boolean;
}

function mmsegChoices({ input, target }: GoldenCase, args: Arguments): MmsegChoices | NotOurs {
  const channels = input.shape[1] ?? 0;
  if (channels === 1) return { notOurs: 'softmax of one channel is 1 everywhere' };
  const ignore = args.number('ignore_index') ?? 255;
  const classes = Array.from({ length: channels }, (_, at) => at).filter((at) => at !== ignore);
  const smooth = args.number('smooth') ?? 1;
  const values = args.numbers('class_weight');
  const scored = values && classes.map((at) => values[at] ?? Number.NaN);
  const factor = ((args.number('loss_weight') ?? 1) * classes.length) / channels;
  const weightless = scored?.every((value) => value === 0) ?? false;
  const { shape } = target;
  const labels = Array.from(target.data);
  return {
    options: {
      target: 'labels',
      activation: 'softmax',
      classes: { kind: 'list', channels: classes },
      smoothing: {
        numerator: smooth,
        denominator: smooth,
        floor: smooth > 0 ? 0 : 1e-12,
      },
      weight: weightless ? 0 : factor,
      ...(scored === undefined || weightless
        ? {}
        : { weights: { kind: 'given', values: scored, on: 'loss' } }),
    },
    labels: { shape, data: labels.map((label) => Math.min(Math.max(label, 0), channels - 1)) },
    mask: { shape, data: labels.map((label) => (label === ignore ? 0 : 1)) },
    ignored: labels.includes(ignore),
    classIsIgnored: classes.length < channels,
  };
}
