import {
  finishMetric,
  InputError,
  type LossSpec,
  type MetricProgram,
  type MetricSpec,
  merge,
  metricOf,
  type NamedArray,
  type Statistics,
} from '@softdice/core';
import type * as tf from '@tensorflow/tfjs';
import { metricNames } from './metric-names.js';
import { checkedLayout, type MetricsOptions, scoredClassCount } from './metric-options.js';
import { classProgram, meanProgram } from './metric-parts.js';
import { checkClasses, checkMetricTensors } from './metric-tensors.js';
import { metricValues, stackedCounts } from './metric-values.js';
import type { LossTensors } from './placement.js';

/** Hard scores pooled over many batches. */
export interface Meter {
  /**
   * Counts a batch. The tensors may be disposed when it returns; the counts are there when its promise is
   * fulfilled.
   *
   * @throws InputError - at once, for tensors that do not fit the metric.
   */
  readonly update: (inputs: LossTensors) => Promise<void>;
  /**
   * The scores of everything counted, under the names of {@link metrics}.
   *
   * @throws InputError - before the first update, or while one is not finished.
   */
  readonly result: () => Readonly<Record<string, number>>;
  /** The merged counts I, P and T, for `merge` with those of other workers. */
  readonly statistics: () => Statistics;
  /** Forgets what was counted, as at the beginning of an epoch. */
  readonly reset: () => void;
}

/**
 * Makes a meter: the hard scores of an epoch or a data set, batch by batch.
 *
 * Counts are merged as numbers in float64: those of pooled samples add, those of samples with scores of
 * their own are all kept, so that the result is that of all the data at once, whatever the batches. No
 * tensor is kept.
 *
 * @param spec - The loss that a model is trained with, whose hard score is taken (see `metricOf`), or a
 *   metric.
 * @param options - Names of the scored classes and layout.
 * @throws SpecError - where the spec is none; lists every violation.
 * @throws InputError - for unknown options or wrong names.
 *
 * @example
 * ```ts
 * const epoch = meter(dice({ activation: 'softmax' }), { names: ['background', 'liver', 'spleen'] });
 * for (const { prediction, target } of batches) await epoch.update({ prediction, target });
 * console.log(epoch.result()['dice_liver']);
 * ```
 */
export function meter(spec: LossSpec | MetricSpec, options: MetricsOptions = {}): Meter {
  const metric = metricOf(spec);
  const known = scoredClassCount(metric);
  const layout = checkedLayout(options, ['layout', 'names'], known);
  const named = known === undefined ? options.names?.length : undefined;
  const [byClass, mean] = [classProgram(metric), meanProgram(metric)];
  const values = metricValues(layout);
  let parts: Statistics[] = [];
  let open = 0;
  const read = async (counts: tf.Tensor): Promise<void> => {
    const into = parts;
    open += 1;
    try {
      into.push(statisticsOf(mean, counts.shape.slice(1), await counts.data()));
    } finally {
      open -= 1;
      counts.dispose();
    }
  };
  const statistics = (): Statistics => {
    if (open > 0) throw unfinished('finished updates', `${open} that are not`, 'await update(…)');
    if (parts.length === 0) throw unfinished('at least one update', 'none', 'call update first');
    const whole = merge(parts, 'batches', mean);
    parts = [whole];
    return whole;
  };
  return {
    update: (inputs) => {
      const sizes = checkMetricTensors(metric, layout, inputs);
      checkClasses(metric, sizes, named);
      return read(stackedCounts(values, mean, inputs, sizes));
    },
    statistics,
    result: () => {
      const whole = statistics();
      const scores = finishMetric(byClass, whole).score.data;
      const names = metricNames(metric, scores.length, options.names);
      const entries = names.classes.map((name, at) => [name, scores[at] ?? Number.NaN]);
      const [all = Number.NaN] = finishMetric(mean, whole).score.data;
      return Object.fromEntries(
        names.mean === undefined ? entries : [...entries, [names.mean, all]],
      );
    },
    reset: () => {
      parts = [];
    },
  };
}

/** Counts that were read one above the other. */
function statisticsOf(
  { statistics }: MetricProgram,
  shape: readonly number[],
  data: ArrayLike<number>,
): Statistics {
  const size = shape.reduce((product, length) => product * length, 1);
  return Object.fromEntries(
    statistics.map(({ name, node }, at): readonly [string, NamedArray] => {
      const own = Array.from({ length: size }, (_, place) => data[at * size + place] ?? 0);
      return [name, { axes: node.axes, shape, data: Float64Array.from(own) }];
    }),
  );
}

function unfinished(expected: string, received: string, fix: string): InputError {
  return new InputError([{ path: 'meter', expected, received, fix }]);
}
