import { compileMetric, type LossSpec, type MetricSpec, metricOf } from '@softdice/core';
import * as tf from '@tensorflow/tfjs';
import { completeMetricOptions, type MetricTensorOptions } from './metric-options.js';
import { metricPass } from './metric-pass.js';
import { checkMetricTensors } from './metric-tensors.js';
import type { LossTensors } from './placement.js';
import { scored } from './scored.js';

/** Everything that a hard score says about its inputs. */
export type MetricEvaluation = {
  /** The grid reduced as the metric says. */
  readonly score: tf.Tensor;
  /** The grid `[N, C']`, `[C']`, `[N]` or `[]`; NaN where a cell has no score. */
  readonly scores: tf.Tensor;
  /** The counts I, P and T of voxels, `[N, C']` or `[C']`. */
  readonly statistics: Readonly<Record<string, tf.Tensor>>;
};

/**
 * Makes a function that computes hard scores and their counts, without a gradient.
 *
 * The prediction is float32 `[N, ...spatial, C]`, or channels first with layout `'channelsFirst'`; a label
 * map of any number type with decide 'labels'. The target is as the metric says. The caller disposes
 * the results, best with `tf.dispose`.
 *
 * @param spec - The metric, or a loss, whose metric is taken: see `metricOf`.
 * @throws SpecError - at once, where the spec is none; lists every violation.
 * @throws InputError - for unknown options; later, from the function, for tensors that do not fit the
 *   metric, before any of them is touched.
 *
 * @example
 * ```ts
 * const spec = dice({ target: 'labels', activation: 'softmax' });
 * const { scores } = evaluateMetric(spec)({ prediction, target });
 * ```
 */
export function evaluateMetric(
  spec: LossSpec | MetricSpec,
  options: MetricTensorOptions = {},
): (inputs: LossTensors) => MetricEvaluation {
  const complete = completeMetricOptions(options, ['layout', 'kernels']);
  const program = compileMetric(metricOf(spec), { precision: 'float32' });
  const pass = metricPass(program, complete);
  return (inputs) => {
    const sizes = checkMetricTensors(program.metric, complete.layout, inputs);
    return tf.tidy(() => {
      const summed = pass().summed(inputs, sizes);
      return {
        score: scored(summed, program.head.score),
        scores: scored(summed, program.head.scores),
        statistics: summed.statistics(),
      };
    });
  };
}
