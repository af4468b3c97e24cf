import type { MetricSpec } from '../../spec/metric.js';
import type { ArgumentTable, ArgumentValues } from '../argument.js';
import type { Situation } from '../situation.js';

/** A library whose scores can be imported. */
export type MetricLibraryName = 'monai' | 'torchmetrics';

/** A hard score of another library, as data. */
export interface PeerMetricFunction {
  readonly library: MetricLibraryName;
  readonly name: string;
  /** Python modules that it can be imported from. */
  readonly modules: readonly string[];
  readonly formula: string;
  /** Files of the library that were read. */
  readonly source: string;
  /** Every argument beside prediction and target, in the order of the function. */
  readonly arguments: ArgumentTable;
}

/** A function with what makes a metric of its arguments. */
export interface MetricImporter extends PeerMetricFunction {
  readonly metric: (values: never, situation: Situation) => MetricSpec;
}

/** Ties the importer of a function to its own table of arguments. */
export function metricImporter<const T extends ArgumentTable>(
  declared: PeerMetricFunction & { readonly arguments: T },
  metric: (values: ArgumentValues<T>, situation: Situation) => MetricSpec,
): MetricImporter {
  return { ...declared, metric: metric as MetricImporter['metric'] };
}
