import { combine, type FocalOptions, focal, type LossSpec } from '@softdice/core';
import { argumentsOf } from './arguments.js';
import { boundedFocus } from './bounded-focus.js';
import type { GoldenCase } from './golden-case.js';
import type { NotOurs, PeerBuilder } from './peer-loss.js';
import { smpInputs } from './smp-inputs.js';

/**
 * segmentation_models.pytorch `FocalLoss`: of one sigmoid per class whatever the mode, the mean or the
 * sum per class over the batch, then the mean over classes by weight.
 *
 * Of several classes the values that 'none' and 'batchwise_mean' leave are averaged in the end, so that
 * 'none' is a mean and 'batchwise_mean' a mean over the voxels of a sum over the samples.
 *
 * Source: segmentation_models.pytorch 0.5.0 at 5006616, losses/focal.py and losses/_functional.py.
 */
export const smpFocal: PeerBuilder = (golden) => {
  const known = ['mode', 'alpha', 'gamma', 'ignore_index', 'from_logits', 'eps', 'reduction'];
  const args = argumentsOf(golden, [...known, 'normalized', 'reduced_threshold', 'class_weights']);
  const mode = args.word('mode');
  if (mode !== 'binary' && mode !== 'multiclass' && mode !== 'multilabel') {
    throw new TypeError(`SMP has no mode ${mode}`);
  }
  const logits = args.flag('from_logits', true);
  const ignored = args.number('ignore_index');
  const [samples = 1, channels = 1] = golden.input.shape;
  const refused = refusal(golden.target.kind, mode, { logits, ignored });
  if (refused !== undefined) return refused;
  const weights = mode === 'binary' ? undefined : args.numbers('class_weights')?.map(Math.fround);
  const reduction = golden.args['reduction'] === null ? 'none' : (args.word('reduction') ?? 'mean');
  const scale = reductionOf(reduction, {
    samples,
    one: mode === 'binary',
    flat: ignored !== undefined,
    weighted: weights !== undefined,
  });
  if ('notOurs' in scale) return scale;
  const total = (weights ?? []).reduce((sum, weight) => sum + weight, 0);
  if (weights !== undefined && total === 0) {
    return { notOurs: 'a mean by weights that are all 0 is NaN' };
  }
  const { target, voxels, ...inputs } = smpInputs(golden, mode, ignored);
  const alpha = args.number('alpha');
  const threshold = args.number('reduced_threshold');
  const classes = mode === 'binary' ? 1 : channels;
  const gamma = args.number('gamma') ?? 2;
  const shared: FocalOptions = {
    target: target.kind,
    voxels,
    activation: logits ? 'sigmoid' : 'none',
    distribution: 'bernoulli',
    gamma,
    ...(alpha === undefined ? {} : { positive: alpha, negative: 1 - alpha }),
    ...(threshold === undefined ? {} : { modulation: { kind: 'reduced', threshold } }),
    ...(logits
      ? boundedFocus(gamma)
      : { logarithm: 'clipped', floor: Math.max(args.number('eps') ?? 1e-7, 1e-12) }),
  };
  const ofClass = (channel: number): number =>
    weights === undefined ? 1 / classes : (weights[channel] ?? Number.NaN) / total;
  const spec = args.flag('normalized', false)
    ? normalized(shared, mode, ofClass, {
        classes,
        factor: scale.summed ? 1 : scale.factor / countedOf(golden, mode, ignored),
      })
    : focal({
        ...shared,
        ...(weights === undefined
          ? {}
          : {
              weights: {
                kind: 'given',
                values: weights.map((_, channel) => classes * ofClass(channel)),
              },
            }),
        ...(scale.summed
          ? { average: 'nothing', reduction: 'sum', weight: 1 / classes }
          : { average: 'valid', reduction: 'mean', weight: scale.factor }),
      });
  return { spec, ...inputs, target: target.tensor };
};

/** One quotient by the sum of the focal factors, or one per class, which a mean divides once more. */
function normalized(
  shared: FocalOptions,
  mode: string,
  ofClass: (channel: number) => number,
  { classes, factor }: { readonly classes: number; readonly factor: number },
): LossSpec {
  const options: FocalOptions = { ...shared, average: 'focal-factors', reduction: 'mean' };
  if (mode === 'binary') return focal({ ...options, weight: factor });
  return combine(
    Array.from({ length: classes }, (_, channel) => [
      factor * ofClass(channel),
      focal({ ...options, classes: { kind: 'list', channels: [channel] } }),
    ]),
  );
}

/** How many elements of one class count. */
function countedOf(
  { input, target }: GoldenCase,
  mode: string,
  ignored: number | undefined,
): number {
  const counted = Array.from(target.data).filter((value) => value !== ignored).length;
  return mode === 'multilabel' ? counted / (input.shape[1] ?? 1) : counted;
}

function refusal(
  kind: 'onehot' | 'sparse' | 'soft',
  mode: string,
  { logits, ignored }: { readonly logits: boolean; readonly ignored: number | undefined },
): NotOurs | undefined {
  if (kind === 'soft') {
    return { notOurs: 'of a soft target SMP takes the focal factor of a mixture of outcomes' };
  }
  if (mode === 'multiclass' && !logits) {
    return { notOurs: 'the logarithms of probabilities stand for logits of a sigmoid' };
  }
  return mode === 'multilabel' && ignored !== undefined
    ? { notOurs: 'SMP indexes planes of one class by a mask of all, which fails' }
    : undefined;
}

interface Batch {
  readonly samples: number;
  /** Whether all voxels and channels are one class. */
  readonly one: boolean;
  /** Whether the values that count are one list, over which batches cannot be told. */
  readonly flat: boolean;
  readonly weighted: boolean;
}

type Scale = { readonly summed: boolean; readonly factor: number };

function reductionOf(word: string, { samples, one, flat, weighted }: Batch): Scale | NotOurs {
  switch (word) {
    case 'mean':
      return { summed: false, factor: 1 };
    case 'sum':
      return { summed: true, factor: 1 };
    case 'batchwise_mean':
      // The first axis of a list is the list.
      if (one || flat) return { summed: true, factor: 1 };
      return weighted
        ? { notOurs: 'weights of classes multiply voxels' }
        : { summed: false, factor: samples };
    case 'none':
      if (one) return { notOurs: "reduction 'none' gives a value per voxel" };
      return weighted
        ? { notOurs: 'weights of classes multiply voxels' }
        : { summed: false, factor: 1 };
    default:
      throw new TypeError(`SMP has no reduction ${word}`);
  }
}
