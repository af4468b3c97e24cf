import { InputError, type MetricPlan, type Problem, shown } from '@softdice/core';
import { labelProblems } from './misfits.js';
import {
  type CompleteOptions,
  type ExportOptions,
  optionProblems,
  rules,
  someOf,
} from './options.js';

/** What a graph of a hard score can give. */
export type MetricOutput = 'score' | 'scores' | 'statistics';

/** How a hard score becomes a graph. */
export interface MetricExportOptions
  extends Omit<ExportOptions, 'outputs' | 'cotangent' | 'blockSize'> {
  /** Outputs of the graph, in this order; `['score']` by default. */
  readonly outputs?: readonly MetricOutput[];
}

/** Options with every default explicit. */
export type CompleteMetricOptions = Omit<CompleteOptions, 'outputs' | 'cotangent' | 'blockSize'> & {
  readonly outputs: readonly MetricOutput[];
};

const outputs: readonly MetricOutput[] = ['score', 'scores', 'statistics'];

/**
 * Checks the options and makes every default explicit.
 *
 * @throws InputError - listing every option that is unknown, not allowed or does not fit the metric.
 */
export function completeMetricOptions(
  metric: MetricPlan,
  options: MetricExportOptions,
): CompleteMetricOptions {
  const { cotangent: _, blockSize: __, ...shared } = rules;
  const problems = [
    ...optionProblems({ ...shared, outputs: someOf(outputs) }, options),
    ...labelMisfits(metric, options),
  ];
  if (problems.length > 0) throw new InputError(problems);
  const { spatialRank, outputs: given = ['score'], layout = 'channelsFirst' } = options;
  const { dtype = 'float32', labels = 'int64', opset = 17, form = 'inline' } = options;
  return { spatialRank, outputs: given, layout, dtype, labels, opset, form };
}

/** E1 and E3 of losses, for label maps on either side. */
function labelMisfits(
  { target, decide, classes }: MetricPlan,
  { labels }: MetricExportOptions,
): readonly Problem[] {
  if (target.kind === 'labels' || decide.kind === 'labels') {
    const ignored = target.kind === 'labels' && target.ignore !== undefined ? [target.ignore] : [];
    const members = classes.kind === 'regions' ? classes.regions.flat() : [];
    const most = decide.kind === 'labels' ? [decide.channels - 1] : [];
    return labelProblems(labels ?? 'int64', [...new Set([...ignored, ...members, ...most])]);
  }
  if (labels === undefined) return [];
  const expected = `none with target '${target.kind}' and decide '${decide.kind}'`;
  const fix = 'remove it: only label maps are of integers';
  return [{ path: 'labels', expected, received: shown(labels), fix, constraint: 'E1' }];
}
