import { compileMetric, type MetricPlan, type MetricProgram, metricPlanOf } from '@softdice/core';

/** Whether classes share a score, so that there is one only. */
const merges = ({ per }: MetricPlan): boolean => per === 'merged-image' || per === 'everything';

/** Reductions to one number, of what a metric leaves as more. */
const toOne: { readonly [R in MetricPlan['reduction']]: MetricPlan['reduction'] } = {
  none: 'mean',
  mean: 'mean',
  'class-mean': 'class-then-sample',
  'sample-mean': 'sample-then-class',
  'class-then-sample': 'class-then-sample',
  'sample-then-class': 'sample-then-class',
};

/** The score of every class, or of the only one: a mean over the samples where each has its own. */
export function classProgram(metric: MetricPlan, only?: number): MetricProgram {
  if (merges(metric)) return meanProgram(metric);
  const reduction = metric.per === 'image' ? 'sample-mean' : 'none';
  const plain = metricPlanOf({ ...metric, weights: 'none', reduction });
  return compileMetric(plain, {
    precision: 'float32',
    ...(only === undefined ? {} : { only }),
  });
}

/** One number for all classes, as the metric reduces them; their mean where it does not. */
export function meanProgram(metric: MetricPlan): MetricProgram {
  const one = metricPlanOf({ ...metric, reduction: toOne[metric.reduction] });
  return compileMetric(one, { precision: 'float32' });
}
