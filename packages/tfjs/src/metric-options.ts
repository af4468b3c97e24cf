import { InputError, type MetricPlan, type Problem, shown } from '@softdice/core';
import { type Layout, layouts } from './layout.js';
import { type Kernels, kernelWords, wordProblems } from './options.js';

/** Options of a hard score in tfjs. */
export interface MetricTensorOptions {
  /** Where the channels are; `'channelsLast'` by default, as tfjs layers have them. */
  readonly layout?: Layout;
  /**
   * Who computes; `'auto'` by default: fused kernels on the backends wasm and cpu, ops elsewhere.
   * `'fused'` refuses other backends.
   */
  readonly kernels?: Kernels;
}

/** Options with nothing left to decide. */
export type CompleteMetricOptions = Required<MetricTensorOptions>;

/** Options of metrics with names. */
export interface MetricsOptions extends MetricTensorOptions {
  /** What the scored classes are called, in their order: `['liver', 'spleen']` for `dice_liver`, `dice_spleen`. */
  readonly names?: readonly string[];
}

/**
 * The options with their defaults.
 *
 * @throws InputError - for an unknown option or word, or for names that are not one per class, all
 *   different.
 */
export function completeMetricOptions(
  options: MetricsOptions,
  known: readonly string[],
  classes?: number,
): CompleteMetricOptions {
  const { layout = 'channelsLast', kernels = 'auto', names } = options;
  const problems: readonly Problem[] = [
    ...Object.keys(options)
      .filter((key) => !known.includes(key))
      .map((path) => ({
        path: `options.${path}`,
        expected: `no other option than ${known.join(', ')}`,
        received: shown(path),
        fix: 'what is scored belongs to the metric',
      })),
    ...wordProblems('layout', layouts, layout),
    ...wordProblems('kernels', kernelWords, kernels),
    ...(names === undefined ? [] : nameProblems(names, classes)),
  ];
  if (problems.length > 0) throw new InputError(problems);
  return { layout, kernels };
}

function nameProblems(names: unknown, classes: number | undefined): readonly Problem[] {
  const list: readonly unknown[] = Array.isArray(names) ? names : [];
  const words = list.every((name) => typeof name === 'string' && name !== '');
  // The mean has this name.
  const taken = list.includes('mean');
  const right =
    list.length > 0 &&
    list.length === (classes ?? list.length) &&
    words &&
    !taken &&
    new Set(list).size === list.length;
  const count = classes === undefined ? 'one' : `${classes}`;
  const expected = `${count} different name${classes === 1 ? '' : 's'}, one per scored class, none of them 'mean'`;
  return right ? [] : [{ path: 'options.names', expected, received: shown(names) }];
}

/** How many classes a metric scores, where it says so; 1 where it merges them. */
export function scoredClassCount({
  classes,
  weights,
  decide,
  target,
  per,
}: MetricPlan): number | undefined {
  if (per === 'merged-image' || per === 'everything') return 1;
  switch (classes.kind) {
    case 'list':
      return classes.channels.length;
    case 'regions':
      return classes.regions.length;
    default: {
      if (weights.kind === 'given') return weights.values.length;
      const channels =
        decide.kind === 'labels' ? decide.channels : target.kind === 'binary' ? 1 : undefined;
      return channels === undefined || classes.kind === 'all' ? channels : channels - 1;
    }
  }
}
