import {
  type Axis,
  compileMetric,
  execute,
  type MetricPlan,
  type MetricProgram,
  type NamedArray,
  scalar,
} from '@softdice/core';
import type { Batch } from '../arbitraries/batch.js';
import { type Bounded, exact } from '../tolerance/bounded.js';
import { errorRules } from '../tolerance/error-rules.js';
import { float64, type Precision } from '../tolerance/precision.js';
import { fullShape } from './full-shape.js';

/** Inputs of a metric as named arrays, spatial axes joined. */
export function namedMetricInputs(
  { inputs, metric }: MetricProgram,
  batch: Batch,
): Readonly<Record<string, NamedArray>> {
  const [sample = 1, channel = 1, ...spatial] = fullShape(metric, batch);
  const voxel = spatial.reduce((product, size) => product * size, 1);
  const sizes: Readonly<Record<Axis, number>> = { sample, channel, voxel, class: 1 };
  return Object.fromEntries(
    inputs.map(({ name, axes }) => {
      const { data } = batch[name as keyof Batch] ?? batch.target;
      const shape = axes.map((axis) => sizes[axis]);
      return [name, { axes, shape, data: Float64Array.from(data) }];
    }),
  );
}

/** Derived bounds of the scores where they are defined; counts are whole numbers, which are exact. */
export interface MetricBounds {
  readonly score: Bounded;
  readonly scores: Bounded;
}

/** The bounds of a case for a precision, in which its inputs are exact. */
export function metricBounds(metric: MetricPlan, batch: Batch, precision: Precision): MetricBounds {
  const program = compileMetric(metric, {
    precision: precision === float64 ? 'float64' : 'float32',
  });
  const inputs = namedMetricInputs(program, batch);
  const spatial = fullShape(metric, batch).slice(2);
  const additions = (): number => spatial.reduce((sum, size) => sum + size, 1);
  const wanted = [program.whole.score.value, program.whole.scores.value];
  const [score, scores] = execute(errorRules(precision, additions, spatial), wanted, (name) => {
    const array = inputs[name];
    return array && exact(array);
  });
  const nothing = exact(scalar(Number.NaN));
  return { score: score ?? nothing, scores: scores ?? nothing };
}
