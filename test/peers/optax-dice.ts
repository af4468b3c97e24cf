import { type OverlapOptions, tversky } from '@softdice/core';
import type { Tensor } from '@softdice/reference';
import { argumentsOf } from './arguments.js';
import { withArguments } from './compound.js';
import { channelsFirst } from './layout.js';
import type { NotOurs, PeerBuilder, PeerLoss } from './peer-loss.js';
import { perSummed } from './summed-axes.js';

type Per = NonNullable<OverlapOptions['per']>;

/**
 * optax `dice_loss`: `l = 1 - (I + s) / (I + alpha (P - I) + beta (T - I) + s)` per image and class,
 * times class weights; `reduction` is over the last axis alone, which is that of the classes unless
 * they are summed.
 *
 * Source: optax 0.2 at 2edbcbe, optax/losses/_segmentation.py.
 */
export const optaxDice: PeerBuilder = (golden) => {
  const args = argumentsOf(golden, [
    'class_weights',
    'smooth',
    'alpha',
    'beta',
    'apply_softmax',
    'reduction',
    'ignore_background',
    'axis',
  ]);
  const [prediction, target] = [golden.input, golden.target].map((tensor) =>
    withChannels(tensor, golden.layout),
  ) as [Tensor, Tensor];
  const [samples = 1, channels = 1] = prediction.shape;
  const foreground = args.flag('ignore_background', false) && channels > 1;
  const single = golden.args['axis'];
  const axes = typeof single === 'number' ? [single] : args.numbers('axis');
  const per =
    axes === undefined ? 'image' : perSummed(prediction.shape.length, axes, 'channels-last');
  if (typeof per !== 'string') return per;
  const merged = per === 'merged-image' || per === 'everything';
  const weights = args.numbers('class_weights');
  if (merged && (foreground || weights !== undefined)) {
    return { notOurs: 'summed classes are weighted or dropped as if they were samples' };
  }
  const [alpha, beta] = [args.number('alpha') ?? 0.5, args.number('beta') ?? 0.5];
  if (alpha + beta === 0) return { notOurs: 'without errors in the denominator the score is 1' };
  const values = foreground ? weights?.slice(1) : weights;
  const smooth = args.number('smooth') ?? 1;
  const scored = foreground ? channels - 1 : channels;
  const reduced = reductionOf(args.word('reduction') ?? 'mean', per, samples, scored);
  const spec = tversky({
    target: golden.target.kind === 'soft' ? 'soft' : 'multilabel',
    activation: args.flag('apply_softmax', true)
      ? channels === 1
        ? 'sigmoid'
        : 'softmax'
      : 'none',
    classes: foreground ? 'foreground' : 'all',
    per,
    alpha,
    beta,
    smoothing: { numerator: smooth, denominator: smooth, floor: smooth === 0 ? 1e-12 : 0 },
    weights: values === undefined ? 'none' : { kind: 'given', values, on: 'loss' },
    reduction: reduced.reduction,
  });
  return { spec, prediction, target, ...reduced.rest };
};

/**
 * optax `binary_dice_loss`: {@link optaxDice} of one channel; a last axis of another size is spatial.
 *
 * Source: optax 0.2 at 2edbcbe, optax/losses/_segmentation.py.
 */
export const optaxBinaryDice: PeerBuilder = (golden): PeerLoss | NotOurs => {
  const args = argumentsOf(golden, ['smooth', 'apply_sigmoid']);
  const smooth = args.number('smooth');
  const spatial = golden.layout.endsWith('C') && golden.input.shape.at(-1) !== 1;
  const binary = withArguments(golden, {
    ...(smooth === undefined ? {} : { smooth }),
    apply_softmax: args.flag('apply_sigmoid', true),
  });
  return spatial ? { notOurs: 'channels are summed as voxels' } : optaxDice(binary);
};

/** Channels second; one channel where the layout has none. */
function withChannels({ shape, data }: Tensor, layout: string): Tensor {
  if (layout.endsWith('C')) return channelsFirst({ shape, data }, layout);
  const [samples = 1, ...spatial] = shape;
  return { shape: [samples, 1, ...spatial], data };
}

function reductionOf(
  word: string,
  per: Per,
  samples: number,
  classes: number,
): {
  readonly reduction: NonNullable<OverlapOptions['reduction']>;
  readonly rest: Pick<PeerLoss, 'afterwards'>;
} {
  if (word === 'none') return { reduction: 'none', rest: {} };
  if (word !== 'mean' && word !== 'sum') throw new TypeError(`optax has no reduction ${word}`);
  if (per !== 'image') return { reduction: word, rest: {} };
  if (word === 'mean') return { reduction: 'class-mean', rest: {} };
  // A sum per sample, of the grid.
  const rows = Array.from({ length: samples }, (_, row) =>
    Array.from({ length: samples * classes }, (_, at) =>
      Math.floor(at / classes) === row ? 1 : 0,
    ),
  );
  return { reduction: 'none', rest: { afterwards: rows } };
}
