import type { MetricSpec } from '@softdice/core';
import { type Arguments, argumentsOf } from './arguments.js';
import type { GoldenCase } from './golden-case.js';
import type { MetricBuilder, PeerMetric } from './peer-metric.js';

/** Decided planes of every channel; with one channel the background is what there is. */
function planes(golden: GoldenCase, args: Arguments, metric: MetricSpec): PeerMetric {
  const { input, target } = golden;
  const foreground = !args.flag('include_background', true) && (input.shape[1] ?? 0) > 1;
  const hard: MetricSpec = {
    target: 'multilabel',
    decide: { kind: 'threshold', threshold: 0.5 },
    classes: foreground ? 'foreground' : 'all',
    ...metric,
  };
  return { measure: { hard }, prediction: input, target };
}

/** Empty targets are NaN, or with `ignore_empty` false 1 where nothing is predicted and 0 elsewhere. */
function emptyOf(args: Arguments): MetricSpec['empty'] & {} {
  return args.flag('ignore_empty', true)
    ? { when: 'target', give: 'nan' }
    : { when: 'both', give: 'one' };
}

/**
 * MONAI `compute_dice`: `2I / (P + T)` per sample and class; prediction and target are planes, or
 * class indices in one channel.
 *
 * Source: MONAI 1.5.0, monai/metrics/meandice.py.
 */
export const monaiComputeDice: MetricBuilder = (golden) => {
  const args = argumentsOf(golden, ['include_background', 'ignore_empty', 'num_classes']);
  const { input, target } = golden;
  const own = input.shape[1] ?? 0;
  const channels = args.number('num_classes') ?? own;
  const indices = channels > 1 && own === 1;
  const sparse = channels > 1 && (target.kind === 'sparse' || target.shape[1] === 1);
  return planes(golden, args, {
    ...(indices ? { decide: { kind: 'labels', channels } } : {}),
    ...(sparse ? { target: 'labels' } : {}),
    classes: channels > 1 && !args.flag('include_background', true) ? 'foreground' : 'all',
    empty: emptyOf(args),
  });
};

/**
 * MONAI `compute_iou`: `I / (P + T - I)` per sample and class.
 *
 * Source: MONAI 1.5.0, monai/metrics/meaniou.py.
 */
export const monaiComputeIou: MetricBuilder = (golden) => {
  const args = argumentsOf(golden, ['include_background', 'ignore_empty']);
  return planes(golden, args, { index: 'jaccard', empty: emptyOf(args) });
};

/**
 * MONAI `compute_generalized_dice`: `2 sum_c w I / sum_c w (P + T)` per sample, w of 1 / T^2, 1 / T or
 * 1; per class, where the weight cancels, unless `sum_over_classes`.
 *
 * Source: MONAI 1.5.0, monai/metrics/generalized_dice.py.
 */
export const monaiComputeGeneralizedDice: MetricBuilder = (golden) => {
  const args = argumentsOf(golden, ['include_background', 'weight_type', 'sum_over_classes']);
  const empty = { when: 'both', give: 'one' } as const;
  if (!args.flag('sum_over_classes', false)) return planes(golden, args, { empty });
  const power = powers[args.word('weight_type') ?? 'square'];
  if (power === undefined) throw new TypeError('MONAI has no such weight_type');
  return planes(golden, args, {
    per: 'merged-image',
    weights: power === 0 ? 'none' : { kind: 'volume', power, absent: 'largest' },
    empty,
  });
};

const powers: Readonly<Record<string, number>> = { square: 2, simple: 1, uniform: 0 };
