import {
  fBeta,
  jaccard,
  type LossSpec,
  type MetricSpec,
  type OverlapOptions,
} from '@softdice/core';
import { type Arguments, argumentsOf } from './arguments.js';
import type { GoldenCase } from './golden-case.js';
import { channelsFirst } from './layout.js';
import type { MetricBuilder, PeerMetric } from './peer-metric.js';

const shared = ['class_weights', 'class_indexes', 'threshold', 'per_image', 'smooth', 'name'];

/** The index, for a hard score and as a loss. */
interface Index {
  readonly index: NonNullable<MetricSpec['index']>;
  readonly loss: (options: OverlapOptions) => LossSpec;
}

/**
 * What the scores share: the mean over classes, and with `per_image` over samples, of a weight times
 * the smoothed ratio; without a threshold a soft score.
 *
 * Source: segmentation_models 1.0.1 at 5d24bbf, metrics.py and base/functional.py.
 */
function smKerasScore(golden: GoldenCase, args: Arguments, { index, loss }: Index): PeerMetric {
  const smooth = args.number('smooth') ?? 1e-5;
  const smoothing = { numerator: smooth, denominator: smooth };
  const per = args.flag('per_image', false) ? 'image' : 'batch';
  const one = golden.args['class_indexes'];
  const listed = typeof one === 'number' ? [one] : args.numbers('class_indexes');
  const classes = listed === undefined ? 'all' : ({ kind: 'list', channels: listed } as const);
  const values = args.numbers('class_weights');
  const inputs = {
    prediction: channelsFirst(golden.input, golden.layout),
    target: channelsFirst(golden.target, golden.layout),
  };
  const threshold = args.number('threshold');
  if (threshold === undefined) {
    const soft = loss({
      target: golden.target.kind === 'soft' ? 'soft' : 'multilabel',
      classes,
      per,
      smoothing: { ...smoothing, floor: smooth === 0 ? 1e-12 : 0 },
      transform: 'negative',
      weight: -1,
      ...(values === undefined ? {} : { weights: { kind: 'given', values, on: 'loss' } }),
    });
    return { measure: { soft }, ...inputs };
  }
  const hard: MetricSpec = {
    target: 'multilabel',
    decide: { kind: 'threshold', threshold },
    classes,
    index,
    per,
    smoothing,
    // s / s, and 0/0 without smoothing
    empty: { give: smooth === 0 ? 'nan' : 'one' },
    reduction: 'mean',
    ...(values === undefined ? {} : { weights: { kind: 'given', values } }),
  };
  return { measure: { hard }, ...inputs };
}

/** segmentation_models `FScore`: `((1 + b^2) I + s) / ((1 + b^2) I + b^2 FN + FP + s)`. */
export const smKerasFScore: MetricBuilder = (golden) => {
  const args = argumentsOf(golden, [...shared, 'beta']);
  const beta = args.number('beta') ?? 1;
  return smKerasScore(golden, args, {
    index: { kind: 'f-beta', beta },
    loss: (options) => fBeta({ ...options, beta }),
  });
};

/** segmentation_models `IOUScore`: `(I + s) / (P + T - I + s)`. */
export const smKerasIouScore: MetricBuilder = (golden) =>
  smKerasScore(golden, argumentsOf(golden, shared), { index: 'jaccard', loss: jaccard });
