import {
  finishMetric,
  InputError,
  type LossSpec,
  type MetricSpec,
  merge,
  metricOf,
  type Statistics,
} from '@softdice/core';
import { metricNames } from './metric-names.js';
import { completeMetricOptions, type MetricsOptions, scoredClassCount } from './metric-options.js';
import { classProgram, meanProgram } from './metric-parts.js';
import { metricPass } from './metric-pass.js';
import { checkClasses, checkMetricTensors } from './metric-tensors.js';
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
 * @param options - Names of the scored classes, layout, and who computes.
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
  const complete = completeMetricOptions(options, ['layout', 'kernels', 'names'], known);
  const named = known === undefined ? options.names?.length : undefined;
  const [byClass, mean] = [classProgram(metric), meanProgram(metric)];
  const pass = metricPass(mean, complete);
  let parts: Statistics[] = [];
  let open = 0;
  const read = async (counts: Promise<Statistics>): Promise<void> => {
    const into = parts;
    open += 1;
    try {
      into.push(await counts);
    } finally {
      open -= 1;
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
      const sizes = checkMetricTensors(metric, complete.layout, inputs);
      checkClasses(metric, sizes, named);
      return read(pass().numbers(inputs, sizes));
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

function unfinished(expected: string, received: string, fix: string): InputError {
  return new InputError([{ path: 'meter', expected, received, fix }]);
}
