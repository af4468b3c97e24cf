import { type MetricPlan, metricShapes } from '@softdice/core';
import type { Batch } from '../arbitraries/batch.js';

/** `[N, C, ...spatial]` of a batch, also of label maps. */
export function fullShape(metric: MetricPlan, batch: Batch): readonly number[] {
  const { prediction, target, mask } = batch;
  return metricShapes(metric, {
    prediction: prediction.shape,
    target: target.shape,
    mask: mask?.shape,
  }).shape;
}
