import type { MetricSpec } from '@softdice/core';
import { type Arguments, argumentsOf } from './arguments.js';
import type { MetricBuilder } from './peer-metric.js';
import { torchmetricsArguments, torchmetricsInputs } from './torchmetrics-inputs.js';

/**
 * torchmetrics `dice_score`: `2I / (P + T)` per sample or over all of them; 'micro' merges the classes,
 * 'macro' averages those that are not 0/0, 'weighted' by their volume in the target.
 *
 * Source: torchmetrics 1.9 at dab0333, functional/segmentation/dice.py.
 */
export const torchmetricsDiceScore: MetricBuilder = (golden) => {
  const args = argumentsOf(golden, [...torchmetricsArguments, 'average', 'aggregation_level']);
  const average = golden.args['average'] === null ? 'none' : (args.word('average') ?? 'macro');
  const choices = averageOf(average, isGlobal(args));
  return torchmetricsInputs(golden, args, choices);
};

function isGlobal(args: Arguments): boolean {
  const level = args.word('aggregation_level') ?? 'samplewise';
  if (level === 'global' || level === 'samplewise') return level === 'global';
  throw new TypeError(`torchmetrics has no aggregation_level ${level}`);
}

function averageOf(average: string, global: boolean): MetricSpec {
  const per = global ? 'batch' : 'image';
  const reduction = global ? 'mean' : 'class-mean';
  switch (average) {
    case 'micro':
      return { per: global ? 'everything' : 'merged-image' };
    case 'macro':
      return { per, reduction, empty: { give: 'skip' } };
    case 'weighted':
      return { per, reduction, empty: { give: 'skip' }, weights: 'support' };
    case 'none':
      return { per };
    default:
      throw new TypeError(`torchmetrics has no average ${average}`);
  }
}
