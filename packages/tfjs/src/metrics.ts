import {
  type LossSpec,
  type MetricPlan,
  type MetricProgram,
  type MetricSpec,
  metricOf,
} from '@softdice/core';
import * as tf from '@tensorflow/tfjs';
import { metricNames, nameOfMean } from './metric-names.js';
import {
  type CompleteMetricOptions,
  completeMetricOptions,
  type MetricsOptions,
  scoredClassCount,
} from './metric-options.js';
import { classProgram, meanProgram } from './metric-parts.js';
import { metricPass } from './metric-pass.js';
import { checkClasses, checkMetricTensors } from './metric-tensors.js';
import { scored, withoutGradient } from './scored.js';

/** A metric as tfjs layers call it; its `name` is what the logs show. */
export type MetricFunction = (
  target: tf.Tensor,
  prediction: tf.Tensor,
  mask?: tf.Tensor,
) => tf.Tensor;

/**
 * Makes the metrics of a model: one named function per scored class and, where there are more than one,
 * their mean. Each takes the target first, as Keras does, and returns a scalar.
 *
 * Names are `dice_liver` for a class 'liver' and `dice_mean`; without `names` the channel stands for
 * them, as in `dice_2`, and where neither the metric nor names say how many classes there are, only the
 * mean is made. `fit` shows them in its logs, `val_dice_liver` of the validation data among them.
 *
 * A metric in `fit` and `evaluate` is a mean of the scores of batches, which no score of the whole data
 * is; {@link meter} has that. `fit` and `evaluate` take only targets shaped like the output, so that
 * labels and masks need `fitDataset`, or functions called by hand.
 *
 * @param spec - The loss that the model is trained with, whose hard score is taken (see `metricOf`), or
 *   a metric. Its weights of classes are those of the mean.
 * @param options - Names of the scored classes, layout, and who computes.
 * @throws SpecError - at once, where the spec is none; lists every violation.
 * @throws InputError - for unknown options or wrong names; later, from the functions, for tensors that
 *   do not fit the metric, before any of them is touched.
 *
 * @example
 * ```ts
 * const spec = dice({ activation: 'softmax', classes: 'foreground' });
 * model.compile({
 *   optimizer: 'adam',
 *   loss: lossFunction(spec),
 *   metrics: metrics(spec, { names: ['liver', 'spleen'] }),
 * });
 * ```
 */
export function metrics(
  spec: LossSpec | MetricSpec,
  options: MetricsOptions = {},
): MetricFunction[] {
  const metric = metricOf(spec);
  const known = scoredClassCount(metric);
  const complete = completeMetricOptions(options, ['layout', 'kernels', 'names'], known);
  const { names } = options;
  const count = known ?? names?.length;
  if (count === undefined) {
    return [named(nameOfMean(metric), metric, complete, meanProgram(metric), undefined)];
  }
  const { classes, mean } = metricNames(metric, count, names);
  const expected = known === undefined ? count : undefined;
  return [
    ...classes.map((name, at) => named(name, metric, complete, classProgram(metric, at), expected)),
    ...(mean === undefined ? [] : [named(mean, metric, complete, meanProgram(metric), expected)]),
  ];
}

function named(
  name: string,
  metric: MetricPlan,
  options: CompleteMetricOptions,
  program: MetricProgram,
  classes: number | undefined,
): MetricFunction {
  const pass = metricPass(program, options);
  const score: MetricFunction = (target, prediction, mask) => {
    const inputs = { prediction, target, mask };
    // The checks are those of the whole metric, also where one class is scored.
    const sizes = checkMetricTensors(metric, options.layout, inputs);
    checkClasses(metric, sizes, classes);
    return withoutGradient(prediction, () =>
      tf.tidy(() => tf.reshape(scored(pass().summed(inputs, sizes), program.head.score), [])),
    );
  };
  return Object.defineProperty(score, 'name', { value: name });
}
