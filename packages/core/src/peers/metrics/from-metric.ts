import { SpecError } from '../../schema/problem.js';
import { completeMetric, type MetricSpec } from '../../spec/metric.js';
import type { PeerContext } from '../context.js';
import { blamed, noteLate } from '../import-class.js';
import type { PeerLibrary } from '../library.js';
import { openScene } from '../open-scene.js';
import { PeerError } from '../peer-error.js';
import { isRecord, readArguments } from '../read-arguments.js';
import { situationOf, versionOf } from '../scene.js';
import type { MetricImporter, MetricLibraryName, PeerMetricFunction } from './metric-class.js';
import { monaiMetrics } from './monai.js';
import { torchmetricsMetrics } from './torchmetrics.js';

/** A peer's hard score as a metric. */
export interface PeerMetric {
  readonly metric: MetricSpec;
  /** What differs from the peer, and on which inputs the metric stands for it. */
  readonly notes: readonly string[];
}

type MetricLibrary = Pick<PeerLibrary, 'title' | 'versions' | 'layout'> & {
  readonly functions: readonly MetricImporter[];
};

const libraries: Readonly<Record<MetricLibraryName, MetricLibrary>> = {
  monai: {
    title: 'MONAI',
    versions: ['1.3.2', '1.4', '1.5'],
    layout: 'channelsFirst',
    functions: monaiMetrics,
  },
  torchmetrics: {
    title: 'torchmetrics',
    versions: ['1.9'],
    layout: 'channelsFirst',
    functions: torchmetricsMetrics,
  },
};

/** Every hard score of every library, with its arguments as data. */
export const peerMetrics: readonly PeerMetricFunction[] = Object.values(libraries).flatMap(
  ({ functions }) => functions,
);

/** The argument to blame where the metric violates a rule, by a part of the path of the rule. */
const blame: Readonly<Record<string, string>> = {
  decide: 'num_classes',
  weights: 'weight_type',
  classes: 'include_background',
};

/** The metric of a library's function. */
export function fromMetric(
  name: MetricLibraryName,
  functionName: string,
  args: Readonly<Record<string, unknown>>,
  context: PeerContext,
): PeerMetric {
  const library = libraries[name];
  const { chosen, scene } = openScene(library, library.functions, functionName, 'name', context);
  const { problems, notes } = scene;
  const given = isRecord(args) ? args : {};
  const values = readArguments(chosen.arguments, given, versionOf(scene), '', problems);
  if (problems.length > 0) throw new PeerError(problems);
  noteLate(scene, chosen, given, '');
  const situation = situationOf(scene, values, '', () => undefined);
  const metric = chosen.metric(values as never, situation);
  if (problems.length > 0) throw new PeerError(problems);
  try {
    return { metric: completeMetric(metric), notes: Object.freeze(notes) };
  } catch (error) {
    if (!(error instanceof SpecError)) throw error;
    const guilty = { blame, arguments: chosen.arguments };
    throw new PeerError(error.problems.map((one) => blamed(guilty, values, '', one)));
  }
}
