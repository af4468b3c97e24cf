import type { LossSpec, OverlapOptions } from '@softdice/core';
import type { Tensor } from '@softdice/reference';
import type { Arguments } from './arguments.js';
import type { GoldenCase } from './golden-case.js';
import { gridOf, type KerasReduction, sampleWeighted } from './keras-sample-weight.js';
import { channelsFirst } from './layout.js';
import type { NotOurs, PeerLoss } from './peer-loss.js';
import { perSummed } from './summed-axes.js';

/** The arguments that Keras' overlap losses share. */
export const kerasArguments: readonly string[] = ['axis', 'reduction', 'name', 'dtype'];

/** `keras.config.epsilon()`. */
const epsilon = 1e-7;

/** The relative error of one rounding, by the dtype of a loss; float64 is what the cases ran in. */
const roundings: Readonly<Record<string, number>> = {
  float64: 0,
  float32: 2 ** -24,
  float16: 2 ** -11,
  bfloat16: 2 ** -8,
};

/**
 * What Keras' overlap losses share: one ratio over the axes `axis`, all of them by default, with
 * epsilon in its denominator; no activation.
 *
 * Source: Keras 3.16, keras/src/losses/losses.py and loss.py (`reduce_weighted_values`).
 */
export function kerasOverlap(
  golden: GoldenCase,
  args: Arguments,
  loss: (options: OverlapOptions) => LossSpec,
): PeerLoss | NotOurs {
  const { input, layout, sampleWeight } = golden;
  if (layout.includes('C') && !layout.endsWith('C')) throw new TypeError(`no layout ${layout}`);
  const per = perSummed(input.shape.length, axesOf(golden, args), 'channels-last');
  if (typeof per !== 'string') return per;
  const reduction =
    golden.args['reduction'] === null
      ? 'none'
      : reductionOf(args.word('reduction') ?? 'sum_over_batch_size');
  const prediction = withChannels(channelsFirst(input, layout));
  const target = withChannels(channelsFirst(golden.target, layout));
  const afterwards =
    sampleWeight && sampleWeighted(sampleWeight, gridOf(per, prediction.shape), reduction);
  if (afterwards !== undefined && 'notOurs' in afterwards) return afterwards;
  const mean = reduction === 'mean_with_sample_weight' ? 'mean' : reduction;
  const spec = loss({
    target: golden.target.kind === 'soft' ? 'soft' : 'multilabel',
    per,
    smoothing: { numerator: 0, denominator: epsilon },
    reduction: afterwards === undefined ? mean : 'none',
  });
  const roundoff = roundoffOf(args.word('dtype') ?? 'float64', prediction);
  return {
    spec,
    prediction,
    target,
    ...(roundoff === 0 ? {} : { roundoff }),
    ...(afterwards === undefined ? {} : { afterwards }),
  };
}

/** Keras takes one axis as a number too. */
function axesOf({ args }: GoldenCase, read: Arguments): readonly number[] | undefined {
  return typeof args['axis'] === 'number' ? [args['axis']] : read.numbers('axis');
}

/** One rounding per addend of the longest sum. */
function roundoffOf(dtype: string, { data }: Tensor): number {
  const rounding = roundings[dtype];
  if (rounding === undefined) throw new TypeError(`no dtype ${dtype}`);
  return data.length * rounding;
}

function reductionOf(word: string): KerasReduction {
  switch (word) {
    case 'sum_over_batch_size':
    case 'mean':
      return 'mean';
    case 'sum':
    case 'none':
    case 'mean_with_sample_weight':
      return word;
    default:
      throw new TypeError(`Keras has no reduction ${word}`);
  }
}

/** A list of numbers as one sample of one channel, anything else as it is. */
function withChannels({ shape, data }: Tensor): Tensor {
  return { shape: shape.length === 1 ? [1, 1, ...shape] : shape, data };
}
