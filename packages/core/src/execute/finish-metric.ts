import { compileMetric, type MetricProgram } from '../program/compile-metric.js';
import { statisticInput } from '../program/program.js';
import type { MetricSpec } from '../spec/metric.js';
import { execute } from './execute.js';
import { type NamedArray, scalar } from './named-array.js';
import { opTable } from './ops.js';
import { scored } from './scored.js';
import { missingStatistics, type Statistics } from './statistics.js';

/** Hard scores from counts. */
export interface FinishedMetric {
  /** The grid, NaN where a cell has no score. */
  readonly scores: NamedArray;
  /** The grid reduced as the metric says. */
  readonly score: NamedArray;
}

/**
 * Computes hard scores from counts, in float64 and without a tensor library.
 *
 * Counts of tiles, batches or workers are merged by {@link merge} first: they are whole numbers, so that
 * the result is that of the whole.
 *
 * @param metric - The metric, or its program where it was compiled already.
 * @param statistics - The counts I, P and T.
 * @throws InputError - if one of them is missing.
 */
export function finishMetric(
  metric: MetricSpec | MetricProgram,
  statistics: Statistics,
): FinishedMetric {
  const program = 'whole' in metric ? metric : compileMetric(metric);
  const missing = missingStatistics(program, statistics);
  if (missing !== undefined) throw missing;
  const given = new Map(
    program.statistics.map(({ name }) => [statisticInput(name), statistics[name]]),
  );
  const { scores, score } = program.head;
  const wanted = [scores, score].flatMap(({ value, defined }) => [value, defined]);
  const values = execute(opTable, wanted, (input) => given.get(input));
  const at = (index: number): NamedArray => values[index] ?? scalar(Number.NaN);
  return { scores: scored(at(0), at(1)), score: scored(at(2), at(3)) };
}
