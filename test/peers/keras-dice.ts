import { dice } from '@softdice/core';
import type { Tensor } from '@softdice/reference';
import { argumentsOf } from './arguments.js';
import type { GoldenCase } from './golden-case.js';
import { gridOf, type KerasReduction, sampleWeighted } from './keras-sample-weight.js';
import { channelsFirst } from './layout.js';
import type { NotOurs, PeerBuilder } from './peer-loss.js';

/** `keras.config.epsilon()`. */
const epsilon = 1e-7;

/**
 * Keras `Dice`: `1 - 2I / (T + P + epsilon)` over the axes `axis`, all of them by default.
 *
 * Source: Keras 3.16, keras/src/losses/losses.py (`dice`) and loss.py (`reduce_weighted_values`).
 */
export const kerasDice: PeerBuilder = (golden) => {
  const args = argumentsOf(golden, ['axis', 'reduction', 'name', 'dtype']);
  const per = perOf(golden, args.numbers('axis'));
  if (typeof per !== 'string') return per;
  const reduction =
    golden.args['reduction'] === null
      ? 'none'
      : reductionOf(args.word('reduction') ?? 'sum_over_batch_size');
  const prediction = withChannels(channelsFirst(golden.input, golden.layout));
  const target = withChannels(channelsFirst(golden.target, golden.layout));
  const { sampleWeight } = golden;
  const afterwards =
    sampleWeight === undefined
      ? undefined
      : sampleWeighted(sampleWeight, gridOf(per, prediction.shape), reduction);
  if (afterwards !== undefined && 'notOurs' in afterwards) return afterwards;
  const mean = reduction === 'mean_with_sample_weight' ? 'mean' : reduction;
  const spec = dice({
    target: golden.target.kind === 'soft' ? 'soft' : 'multilabel',
    per,
    smoothing: { numerator: 0, denominator: epsilon },
    reduction: afterwards === undefined ? mean : 'none',
  });
  return { spec, prediction, target, ...(afterwards === undefined ? {} : { afterwards }) };
};

/** Which sums make a score: Keras names the axes that are summed, batch first and channels last. */
function perOf(
  { input, layout }: GoldenCase,
  axis: readonly number[] | undefined,
): 'image' | 'batch' | 'merged-image' | 'everything' | NotOurs {
  const rank = input.shape.length;
  if (axis === undefined || rank === 1) return 'everything';
  if (layout.includes('C') && !layout.endsWith('C')) throw new TypeError(`no layout ${layout}`);
  const summed = new Set(axis.map((at) => (at < 0 ? at + rank : at)));
  const spatial = Array.from({ length: rank - 2 }, (_, at) => at + 1);
  if (!spatial.every((at) => summed.has(at))) {
    return { notOurs: `axis ${JSON.stringify(axis)} leaves a value per voxel` };
  }
  if (summed.has(0)) return summed.has(rank - 1) ? 'everything' : 'batch';
  return summed.has(rank - 1) ? 'merged-image' : 'image';
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
