import type { Problem } from '../../schema/problem.js';
import type { CompleteMetric } from '../metric.js';
import { type Constraint, problemsOf } from './constraint.js';
import { metricCountConstraints } from './metric-counts.js';
import { metricInputConstraints } from './metric-inputs.js';

/** Rules across the fields of a hard score. */
export const metricConstraints: readonly Constraint<CompleteMetric>[] = [
  ...metricInputConstraints,
  ...metricCountConstraints,
];

/** Every violation of the rules by a metric that is otherwise well-formed. */
export function metricProblems(metric: CompleteMetric): readonly Problem[] {
  return metricConstraints.flatMap((rule) => problemsOf(rule, metric, 'metric.'));
}
