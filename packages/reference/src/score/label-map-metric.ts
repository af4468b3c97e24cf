import {
  type CompleteMetric,
  countProblems,
  type MetricSpec,
  type Problem,
  parse,
  SpecError,
} from '@softdice/core';
import { labelMapSchema } from './label-map-schema.js';

/** A hard score of two label maps: a metric whose target and prediction are both labels. */
export type LabelMapMetric = Omit<MetricSpec, 'target' | 'decide' | 'voxels'> & {
  readonly target: 'labels' | Extract<MetricSpec['target'], { readonly kind: 'labels' }>;
  readonly decide: Extract<MetricSpec['decide'], { readonly kind: 'labels' }>;
  /** Masks are for the `score` of the whole package. */
  readonly voxels?: 'all';
};

/** A metric of label maps with every default explicit. */
export type CompleteLabelMapMetric = CompleteMetric & {
  readonly target: Extract<CompleteMetric['target'], { readonly kind: 'labels' }>;
  readonly decide: Extract<CompleteMetric['decide'], { readonly kind: 'labels' }>;
};

/**
 * The metric with every default explicit, as `completeMetric` gives it.
 *
 * @throws SpecError - listing every violation at once.
 */
export function completeLabelMapMetric(metric: LabelMapMetric): CompleteLabelMapMetric {
  const problems: Problem[] = [];
  const parsed: unknown = parse(labelMapSchema, metric, 'metric', problems);
  const complete = parsed as CompleteLabelMapMetric;
  if (problems.length === 0) problems.push(...countProblems(complete));
  if (problems.length > 0) throw new SpecError(problems);
  return complete;
}
