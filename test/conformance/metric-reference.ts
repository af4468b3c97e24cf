import type { MetricPlan } from '@softdice/core';
import { score } from '@softdice/reference';
import { float64 } from '../tolerance/precision.js';
import { metricInterpreter } from './metric-interpreter.js';
import type { MetricTarget } from './metric-target.js';

/** The reference; it keeps its counts to itself, so that those are the interpreter's. */
export const metricReference: MetricTarget = {
  name: 'reference',
  precision: float64,
  evaluateMetric: async (metric, batch) => ({
    score: score(metric, batch),
    scores: score(ofCells(metric), batch),
    statistics: (await metricInterpreter.evaluateMetric(metric, batch)).statistics,
  }),
};

/** The metric without its reduction, in which some weights have no place. */
function ofCells(metric: MetricPlan): MetricPlan {
  const { weights } = metric;
  const inMean =
    weights.kind === 'support' || (weights.kind === 'given' && weights.normalise !== 'none');
  return {
    ...metric,
    reduction: 'none',
    weights: inMean ? { kind: 'none' } : weights,
  };
}
