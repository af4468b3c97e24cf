import { argumentsOf } from './arguments.js';
import type { MetricBuilder } from './peer-metric.js';
import { torchmetricsArguments, torchmetricsInputs } from './torchmetrics-inputs.js';

/**
 * torchmetrics `mean_iou`: `I / (P + T - I)` per sample, averaged over the classes that are not 0/0;
 * per class those are -1.
 *
 * Source: torchmetrics 1.9 at dab0333, functional/segmentation/mean_iou.py.
 */
export const torchmetricsMeanIou: MetricBuilder = (golden) => {
  const args = argumentsOf(golden, [...torchmetricsArguments, 'per_class']);
  const perClass = args.flag('per_class', false);
  const metric = torchmetricsInputs(golden, args, {
    index: 'jaccard',
    empty: { give: 'skip' },
    reduction: perClass ? 'none' : 'class-mean',
  });
  return perClass ? { ...metric, undefinedAs: -1 } : metric;
};
