import { dice, type OverlapOptions } from '@softdice/core';
import { type Arguments, argumentsOf } from './arguments.js';
import type { NotOurs, PeerBuilder } from './peer-loss.js';
import { type SmpInputs, smpInputs } from './smp-inputs.js';

/**
 * segmentation_models.pytorch `DiceLoss`: per class over the batch,
 * `1 - (I + smooth) / max(I + FP/2 + FN/2 + smooth, eps)`, classes absent from the target 0.
 *
 * Source: segmentation_models.pytorch 0.5.0 at 5006616, losses/dice.py and losses/_functional.py.
 */
export const smpDice: PeerBuilder = (golden) => {
  const known = ['mode', 'classes', 'log_loss', 'from_logits', 'smooth', 'ignore_index', 'eps'];
  const args = argumentsOf(golden, [...known, 'class_weights']);
  const mode = args.word('mode');
  if (mode !== 'binary' && mode !== 'multiclass' && mode !== 'multilabel') {
    throw new TypeError(`SMP has no mode ${mode}`);
  }
  const logits = args.flag('from_logits', true);
  const channels = golden.input.shape[1] ?? 0;
  if (mode === 'multiclass' && channels === 1) {
    return { notOurs: 'labels of one channel are 0 everywhere' };
  }
  const { target, voxels, ...inputs }: SmpInputs = smpInputs(
    golden,
    mode,
    args.number('ignore_index'),
  );
  const smooth = args.number('smooth') ?? 0;
  const eps = args.number('eps') ?? 1e-7;
  const weights = weightsOf(args);
  if ('notOurs' in weights) return weights;
  const classes = args.numbers('classes');
  const spec = dice({
    target: target.kind,
    voxels,
    activation: logits ? (mode === 'multiclass' ? 'softmax' : 'sigmoid') : 'none',
    classes: classes === undefined ? 'all' : { kind: 'list', channels: classes },
    counting: 'minimum',
    // 'binary' views all that a sample holds as one plane.
    per: mode === 'binary' && channels > 1 ? 'everything' : 'batch',
    // SMP writes half the Dice index over half its denominator.
    smoothing: { numerator: 2 * smooth, denominator: 2 * smooth, floor: Math.max(2 * eps, 1e-12) },
    absent: 'zero',
    transform: args.flag('log_loss', false)
      ? { kind: 'log', floor: Math.max(eps, 1e-12) }
      : 'complement',
    ...weights,
  });
  return { spec, ...inputs, target: target.tensor };
};

/** The mean of the losses by weight; of `classes`, their weights. */
function weightsOf(args: Arguments): Pick<OverlapOptions, 'weights'> | NotOurs {
  const weights = args.numbers('class_weights');
  if (weights === undefined) return {};
  const classes = args.numbers('classes') ?? weights.map((_, at) => at);
  // SMP holds them as float32.
  const values = classes.map((channel) => Math.fround(weights[channel] ?? Number.NaN));
  return values.every((value) => value === 0)
    ? { notOurs: 'a mean by weights that are all 0 is NaN' }
    : { weights: { kind: 'given', values, on: 'loss', normalise: 'weighted-mean' } };
}
