import {
  compileMetric,
  execute,
  finishMetric,
  type NamedArray,
  opTable,
  type Statistics,
} from '@softdice/core';
import { float64 } from '../tolerance/precision.js';
import { namedMetricInputs } from './metric-bounds.js';
import type { MetricTarget } from './metric-target.js';

/** Core's own float64 interpreter, and its head. */
export const metricInterpreter: MetricTarget = {
  name: 'core interpreter',
  precision: float64,
  evaluateMetric: async (metric, batch) => {
    const program = compileMetric(metric);
    const inputs = namedMetricInputs(program, batch);
    const nodes = program.statistics.map(({ node }) => node);
    const sums: readonly NamedArray[] = execute(opTable, nodes, (input) => inputs[input]);
    const statistics: Statistics = Object.fromEntries(
      program.statistics.flatMap(({ name }, at) =>
        sums.slice(at, at + 1).map((sum): readonly [string, NamedArray] => [name, sum]),
      ),
    );
    return { ...finishMetric(program, statistics), statistics };
  },
};
