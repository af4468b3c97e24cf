import { type MetricImporter, metricImporter } from './metric-class.js';
import { classCount, inputArguments, inputsOf } from './torchmetrics-inputs.js';

const { include_background, input_format } = inputArguments;

const per_class = { kind: { type: 'flag' }, default: false, use: 'honoured' } as const;
/**
 * `dice_score`: `2I / (P + T)` per sample or over all of them; 'micro' merges the classes, 'macro' averages
 * those that are not 0/0, 'weighted' by their volume in the target.
 */
const diceScore: MetricImporter = metricImporter(
  {
    library: 'torchmetrics',
    name: 'dice_score',
    modules: ['torchmetrics.functional.segmentation', 'torchmetrics.functional.segmentation.dice'],
    formula: '2 I / (P + T)',
    source: 'torchmetrics/functional/segmentation/dice.py, utils.py',
    arguments: {
      num_classes: classCount,
      include_background,
      average: {
        kind: { type: 'word', words: ['micro', 'macro', 'weighted', 'none'] },
        none: true,
        default: 'macro',
        use: 'honoured',
        note: "per 'merged-image', a mean over the classes that are not empty, by weights 'support', or none",
      },
      input_format,
      aggregation_level: {
        kind: { type: 'word', words: ['samplewise', 'global'] },
        default: 'samplewise',
        use: 'honoured',
        note: "per 'image', or 'batch'",
      },
    },
  },
  (args, situation) => {
    const hard = inputsOf(args, situation);
    const isGlobal = args.aggregation_level === 'global';
    const per = isGlobal ? 'batch' : 'image';
    const reduction = isGlobal ? 'mean' : 'class-mean';
    switch (args.average) {
      case 'micro':
        return { ...hard, per: isGlobal ? 'everything' : 'merged-image' };
      case 'macro':
        return { ...hard, per, reduction, empty: { give: 'skip' } };
      case 'weighted':
        return { ...hard, per, reduction, empty: { give: 'skip' }, weights: 'support' };
      case 'none':
      case null:
        return { ...hard, per };
    }
  },
);

/** `mean_iou`: `I / (P + T - I)` per sample, averaged over the classes that are not 0/0. */
const meanIou: MetricImporter = metricImporter(
  {
    library: 'torchmetrics',
    name: 'mean_iou',
    modules: [
      'torchmetrics.functional.segmentation',
      'torchmetrics.functional.segmentation.mean_iou',
    ],
    formula: 'mean over classes of I / (P + T - I)',
    source: 'torchmetrics/functional/segmentation/mean_iou.py, utils.py',
    arguments: {
      num_classes: { ...classCount, none: true, default: null },
      include_background,
      per_class: {
        ...per_class,
        note: 'the scores of the classes; torchmetrics writes -1 where a spec has NaN',
      },
      input_format,
    },
  },
  (args, situation) => {
    if (args.per_class)
      situation.note('torchmetrics writes -1 for a class that is nowhere, here it is NaN');
    return {
      ...inputsOf(args, situation),
      index: 'jaccard',
      empty: { give: 'skip' },
      reduction: args.per_class ? 'none' : 'class-mean',
    };
  },
);

/**
 * `generalized_dice_score`: `2 sum_c w I / sum_c w (P + T)` per sample, w of 1 / T^2, 1 / T or 1; per class
 * the weight cancels. 0/0 is 0.
 */
const generalizedDiceScore: MetricImporter = metricImporter(
  {
    library: 'torchmetrics',
    name: 'generalized_dice_score',
    modules: [
      'torchmetrics.functional.segmentation',
      'torchmetrics.functional.segmentation.generalized_dice',
    ],
    formula: '2 sum_c w I / sum_c w (P + T), w = 1 / T^2',
    source: 'torchmetrics/functional/segmentation/generalized_dice.py, utils.py',
    arguments: {
      num_classes: classCount,
      include_background,
      per_class: { ...per_class, note: 'the scores of the classes, in which the weight cancels' },
      weight_type: {
        kind: { type: 'word', words: ['square', 'simple', 'linear'] },
        default: 'square',
        use: 'honoured',
        note: "weights 'volume' of power 2 or 1, or 'none'; in a batch of several samples an absent class has the weight of another class of another sample",
      },
      input_format,
    },
  },
  (args, situation) => {
    const hard = inputsOf(args, situation);
    const empty = { give: 'zero' } as const;
    if (args.per_class) return { ...hard, empty };
    const power = { square: 2, simple: 1, linear: 0 }[args.weight_type];
    if (power > 0 && situation.samples !== 1) {
      situation.note(
        'in a batch of several samples torchmetrics gives an absent class the weight of another class of another sample, here it has none',
      );
    }
    return {
      ...hard,
      per: 'merged-image',
      // Of one sample, the largest weight of an absent class is the 0 that took its place.
      weights: power === 0 ? 'none' : { kind: 'volume', power, absent: 'zero' },
      empty,
    };
  },
);

/** torchmetrics' hard scores. Source: torchmetrics 1.9 at dab0333, functional/segmentation. */
export const torchmetricsMetrics: readonly MetricImporter[] = [
  diceScore,
  meanIou,
  generalizedDiceScore,
];
