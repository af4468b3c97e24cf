import { combine, type LossSpec, type OverlapOptions, tversky } from '@softdice/core';
import type { Tensor } from '@softdice/reference';
import { type Arguments, argumentsOf } from './arguments.js';
import type { GoldenCase } from './golden-case.js';
import type { NotOurs, PeerBuilder } from './peer-loss.js';

/** The averages that are mixed: over classes of the batch, of each image, or images of each class. */
const averages = [
  { weight: 'mIoUD', otherwise: 1, per: 'batch', reduction: 'mean' },
  { weight: 'mIoUI', otherwise: 0, per: 'image', reduction: 'class-then-sample' },
  { weight: 'mIoUC', otherwise: 0, per: 'image', reduction: 'sample-then-class' },
] as const;

/**
 * JDTLosses `JDTLoss`: a mixture of means of `w (1 - (I + s) / (I + alpha FP + beta FN + s))^gamma` over
 * the classes that are active; all of them, or those of which the target has more than a threshold.
 *
 * Source: JDTLosses at 68ce8ac, losses/jdt_loss.py; Wang et al. 2023, arXiv:2302.05666, 2303.16296
 * and 2310.19252.
 */
export const jdt: PeerBuilder = (golden) => {
  const args = argumentsOf(golden, [
    ...averages.map(({ weight }) => weight),
    ...['alpha', 'beta', 'gamma', 'smooth', 'threshold', 'norm', 'log_loss', 'ignore_index'],
    ...['class_weights', 'active_classes_mode_hard', 'active_classes_mode_soft'],
  ]);
  if (golden.input.shape[1] === 1) return { notOurs: 'softmax of one channel is 1 everywhere' };
  const options = optionsOf(golden, args);
  if ('notOurs' in options) return options;
  const alpha = args.number('alpha') ?? 1;
  const beta = args.number('beta') ?? 1;
  if (alpha + beta === 0) return { notOurs: 'without errors in the denominator the score is 1' };
  const terms = averages.map(({ weight, otherwise, ...average }): [number, LossSpec] => [
    args.number(weight) ?? otherwise,
    tversky({ ...options, ...average, alpha, beta }),
  ]);
  const positive = terms.filter(([weight]) => weight > 0);
  const { mask } = golden;
  return {
    spec: combine(positive.length > 0 ? positive : terms),
    prediction: golden.input,
    target: isHard(golden) ? clamped(golden, ignoredOf(golden, args)) : golden.target,
    ...(mask === undefined ? {} : { mask }),
    ...(isHard(golden) && (args.number('norm') ?? 1) > 1 ? { roundoff } : {}),
  };
};

/** Labels become float32 planes, and their norm is a root that is squared: three roundings. */
const roundoff = 3 * 2 ** -24;

const isHard = ({ target }: GoldenCase): boolean => target.kind === 'sparse';

function optionsOf(golden: GoldenCase, args: Arguments): OverlapOptions | NotOurs {
  const counting = countingOf(args.number('norm') ?? 1);
  if (typeof counting === 'object' && 'notOurs' in counting) return counting;
  const active = activeOf(golden, args);
  const smooth = args.number('smooth') ?? 1e-3;
  const ignore = ignoredOf(golden, args);
  const gamma = args.number('gamma') ?? 1;
  return {
    target: isHard(golden)
      ? { kind: 'labels', ...(ignore === undefined ? {} : { ignore }) }
      : 'soft',
    voxels: golden.mask === undefined ? 'all' : 'mask',
    activation: 'softmax',
    counting,
    smoothing: { numerator: smooth, denominator: smooth, floor: smooth === 0 ? 1e-12 : 0 },
    ...active,
    ...weightsOf(args),
    transform: args.flag('log_loss', false) ? { kind: 'log', floor: 1e-9 } : 'complement',
    power: { cell: Math.max(gamma, 1), floor: 0 },
  };
}

/** `I = (|p|^k + |t|^k - |p - t|^k) / 2` in sums: least of p and t for k = 1, their product for k = 2. */
function countingOf(norm: number): NonNullable<OverlapOptions['counting']> | NotOurs {
  if (norm === 1) return 'minimum';
  return norm === 2
    ? { kind: 'power', exponent: 2 }
    : { notOurs: `no counting has |p|^${norm} + |t|^${norm} - |p - t|^${norm}` };
}

/** Which classes take part in means. */
function activeOf(golden: GoldenCase, args: Arguments): Pick<OverlapOptions, 'absent' | 'weight'> {
  const mode = isHard(golden)
    ? (args.word('active_classes_mode_hard') ?? 'PRESENT')
    : (args.word('active_classes_mode_soft') ?? 'ALL');
  if (mode === 'ALL') return { absent: 'keep' };
  if (mode !== 'PRESENT') throw new TypeError(`JDT has no active classes ${mode}`);
  // Some voxel has more of the class than the threshold; no label is above 1.
  const level = args.number('threshold') ?? 0.01;
  return level < 1 ? { absent: { kind: 'skip', level } } : { weight: 0 };
}

/** With a keep_mask the label is not ignored. */
function ignoredOf({ mask }: GoldenCase, args: Arguments): number | undefined {
  return mask === undefined ? args.number('ignore_index') : undefined;
}

/** Factors of the losses of the classes. */
function weightsOf(args: Arguments): Pick<OverlapOptions, 'weight' | 'weights'> {
  // A torch tensor of Python numbers is float32.
  const values = args.numbers('class_weights')?.map(Math.fround);
  if (values === undefined) return {};
  return values.every((value) => value === 0)
    ? { weight: 0 }
    : { weights: { kind: 'given', values, on: 'loss' } };
}

/** Labels beyond the classes become the last one, unless they are ignored. */
function clamped({ input, target }: GoldenCase, ignored: number | undefined): Tensor {
  const last = (input.shape[1] ?? 1) - 1;
  return {
    shape: target.shape,
    data: Array.from(target.data, (label) =>
      label === ignored ? label : Math.min(Math.max(label, 0), last),
    ),
  };
}
