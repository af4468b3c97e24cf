import type { MetricSpec } from '../../spec/metric.js';
import type { Situation } from '../situation.js';
import { specTarget } from '../spec-target.js';
import { type MetricImporter, metricImporter } from './metric-class.js';

const include_background = {
  kind: { type: 'flag' },
  default: true,
  use: 'honoured',
  note: "classes 'all', or 'foreground'; MONAI ignores it with one channel",
} as const;

const ignore_empty = {
  kind: { type: 'flag' },
  default: true,
  use: 'honoured',
  note: 'empty: a target without the class is NaN, or 1 where it is predicted empty and 0 elsewhere',
} as const;

/** `compute_dice`: `2I / (P + T)` per sample and class. */
const computeDice: MetricImporter = metricImporter(
  {
    library: 'monai',
    name: 'compute_dice',
    modules: ['monai.metrics', 'monai.metrics.meandice'],
    formula: '2 I / (P + T)',
    source: 'monai/metrics/meandice.py',
    arguments: {
      include_background,
      ignore_empty,
      num_classes: {
        kind: { type: 'integer', minimum: 1 },
        none: true,
        default: null,
        use: 'in part',
        note: "decide 'labels' of as many channels for class indices; of planes their number",
      },
    },
  },
  (args, situation) => {
    const { channels, prediction, refuse, refuseContext } = situation;
    const indices = prediction === 'sparse' && channels > 1;
    if (indices ? args.num_classes !== channels : (args.num_classes ?? channels) !== channels) {
      refuse('num_classes', `${channels}, the number of classes`);
    }
    if (prediction === 'soft') refuseContext('prediction', "'sparse' | 'onehot'", binarized);
    return {
      ...planes(args.include_background, situation),
      decide: indices ? { kind: 'labels', channels } : half,
      empty: emptyOf(args.ignore_empty),
    };
  },
);

/** `compute_iou`: `I / (P + T - I)` per sample and class. */
const computeIou: MetricImporter = metricImporter(
  {
    library: 'monai',
    name: 'compute_iou',
    modules: ['monai.metrics', 'monai.metrics.meaniou'],
    formula: 'I / (P + T - I)',
    source: 'monai/metrics/meaniou.py',
    arguments: { include_background, ignore_empty },
  },
  (args, situation) => ({
    ...samePlanes(args.include_background, situation),
    index: 'jaccard',
    empty: emptyOf(args.ignore_empty),
  }),
);

/**
 * `compute_generalized_dice`: `2 sum_c w I / sum_c w (P + T)` per sample, w of 1 / T^2, 1 / T or 1; per
 * class, where the weight cancels, unless `sum_over_classes`.
 */
const computeGeneralizedDice: MetricImporter = metricImporter(
  {
    library: 'monai',
    name: 'compute_generalized_dice',
    modules: ['monai.metrics', 'monai.metrics.generalized_dice'],
    formula: '2 sum_c w I / sum_c w (P + T), w = 1 / T^2',
    source: 'monai/metrics/generalized_dice.py',
    arguments: {
      include_background,
      weight_type: {
        kind: { type: 'word', words: ['square', 'simple', 'uniform'] },
        default: 'square',
        use: 'honoured',
        note: "weights 'volume' of power 2 or 1, or 'none'; without effect unless sum_over_classes",
      },
      sum_over_classes: {
        kind: { type: 'flag' },
        default: false,
        use: 'honoured',
        note: "per 'merged-image', or a score per class; 1.3 always sums",
        since: '1.4',
      },
    },
  },
  (args, situation) => {
    const hard = samePlanes(args.include_background, situation);
    const empty = { when: 'both', give: 'one' } as const;
    if (!args.sum_over_classes && situation.since('1.4')) return { ...hard, empty };
    const power = { square: 2, simple: 1, uniform: 0 }[args.weight_type];
    return {
      ...hard,
      per: 'merged-image',
      weights: power === 0 ? 'none' : { kind: 'volume', power, absent: 'largest' },
      empty,
    };
  },
);

/** MONAI's hard scores. Source: MONAI 1.5.0, monai/metrics. */
export const monaiMetrics: readonly MetricImporter[] = [
  computeDice,
  computeIou,
  computeGeneralizedDice,
];

const binarized = 'MONAI counts planes of 0 and 1: decide before';
const half = { kind: 'threshold', threshold: 0.5 } as const;

/** Planes of 0 and 1, or class indices of the target. */
function planes(
  includesBackground: boolean,
  { channels, target, refuseContext }: Situation,
): Pick<MetricSpec, 'target' | 'classes' | 'decide'> {
  if (target === 'soft') refuseContext('target', "'sparse' | 'onehot'", binarized);
  return {
    target: specTarget(target === 'sparse' ? 'sparse' : 'onehot', channels),
    decide: half,
    classes: includesBackground || channels === 1 ? 'all' : 'foreground',
  };
}

/** Planes of the same shape. */
function samePlanes(includesBackground: boolean, situation: Situation): ReturnType<typeof planes> {
  const { channels, prediction, target, refuseContext } = situation;
  if (prediction === 'soft' || (prediction === 'sparse' && channels > 1)) {
    refuseContext('prediction', "'onehot'", binarized);
  }
  if (target === 'sparse' && channels > 1) refuseContext('target', "'onehot'", binarized);
  return planes(includesBackground, situation);
}

/** Empty targets are NaN, or with `ignore_empty` false 1 where nothing is predicted and 0 elsewhere. */
function emptyOf(ignored: boolean): NonNullable<MetricSpec['empty']> {
  return ignored ? { when: 'target', give: 'nan' } : { when: 'both', give: 'one' };
}
