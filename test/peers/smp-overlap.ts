import { type OverlapOptions, type TverskyOptions, tversky } from '@softdice/core';
import { type Arguments, argumentsOf } from './arguments.js';
import type { GoldenCase } from './golden-case.js';
import type { NotOurs, PeerLoss } from './peer-loss.js';
import { type SmpInputs, smpInputs } from './smp-inputs.js';

/** A score of SMP: `(I + smooth) / max(I + alpha FP + beta FN + smooth, eps)`, times `unit` above and below. */
export interface SmpScore {
  readonly alpha: number;
  readonly beta: number;
  /** What smooth and eps are added to, in multiples of the ratio as written here. */
  readonly unit: number;
  /** `I = (P + T - sum |p - t|) / 2`, since 0.4, or `sum p t`. */
  readonly counting: 'minimum' | 'product';
}

/** Whether the peer is a release before 0.4, where the intersection is a product. */
export function beforeSmp04({ peerVersion }: GoldenCase): boolean {
  return /^smp v0\.[0-3]\./.test(peerVersion);
}

/** The arguments that SMP's overlap losses share. */
const shared = ['mode', 'classes', 'log_loss', 'from_logits', 'smooth', 'eps'];

/** How one of SMP's overlap losses differs from the others. */
export interface SmpLoss {
  /** Its own arguments. */
  readonly own: readonly string[];
  readonly score: (args: Arguments) => SmpScore;
  /** Power of the mean over the classes. */
  readonly power?: (args: Arguments) => number;
}

/**
 * What SMP's overlap losses share: a score per class over the batch, classes absent from the target
 * 0, and the mean over the classes.
 *
 * Source: segmentation_models.pytorch 0.5.0 at 5006616 and 0.3.4, losses/dice.py, jaccard.py,
 * tversky.py and _functional.py.
 */
export function smpOverlap(golden: GoldenCase, loss: SmpLoss): PeerLoss | NotOurs {
  const args = argumentsOf(golden, [...shared, ...loss.own]);
  const mode = modeOf(args);
  const channels = golden.input.shape[1] ?? 0;
  if (mode === 'multiclass' && channels === 1) {
    return { notOurs: 'labels of one channel are 0 everywhere' };
  }
  const score = loss.score(args);
  if (score.alpha + score.beta === 0) {
    return { notOurs: 'without errors in the denominator the score is 1' };
  }
  const weights = loss.own.includes('class_weights') ? weightsOf(args) : {};
  if ('notOurs' in weights) return weights;
  const ignored = loss.own.includes('ignore_index') ? args.number('ignore_index') : undefined;
  const { target, voxels, ...inputs }: SmpInputs = smpInputs(golden, mode, ignored);
  const classes = args.numbers('classes');
  const eps = args.number('eps') ?? 1e-7;
  const gamma = loss.power?.(args) ?? 1;
  const spec = tversky({
    target: target.kind,
    voxels,
    activation: args.flag('from_logits', true)
      ? mode === 'multiclass'
        ? 'softmax'
        : 'sigmoid'
      : 'none',
    classes: classes === undefined ? 'all' : { kind: 'list', channels: classes },
    // 'binary' views all that a sample holds as one plane.
    per: mode === 'binary' && channels > 1 ? 'everything' : 'batch',
    ...smpRatio(score, args.number('smooth') ?? 0, eps),
    absent: 'zero',
    transform: args.flag('log_loss', false)
      ? { kind: 'log', floor: Math.max(eps, 1e-9) }
      : 'complement',
    power: { reduced: gamma, floor: gamma < 1 ? 1e-9 : 0 },
    ...weights,
  });
  return { spec, ...inputs, target: target.tensor };
}

/** The score as a Tversky index with its smoothing. */
export function smpRatio(
  { alpha, beta, unit, counting }: SmpScore,
  smooth: number,
  eps: number,
): TverskyOptions {
  const numerator = smooth / unit;
  const floor = Math.max(eps / unit, 1e-12);
  return { alpha, beta, counting, smoothing: { numerator, denominator: numerator, floor } };
}

function modeOf(args: Arguments): 'binary' | 'multiclass' | 'multilabel' {
  const mode = args.word('mode');
  if (mode === 'binary' || mode === 'multiclass' || mode === 'multilabel') return mode;
  throw new TypeError(`SMP has no mode ${mode}`);
}

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
