import {
  compileMetric,
  type LossSpec,
  type MetricPlan,
  type MetricProgram,
  type MetricSpec,
  metricOf,
} from '@softdice/core';
import { metricDoc, metricName } from './describe-metric.js';
import { emissionOf } from './emission.js';
import type { Graph, Port } from './graph.js';
import { graphBuilder } from './graph-builder.js';
import { metricEmission } from './metric-graph.js';
import {
  type CompleteMetricOptions,
  completeMetricOptions,
  type MetricExportOptions,
} from './metric-options.js';
import { metricInputPorts, metricOutputPort } from './metric-ports.js';
import { modelBytes } from './model.js';
import { inputValue } from './placement.js';
import { metricMetadata } from './read-spec.js';
import type { Emission, Value } from './value.js';

/**
 * Writes a hard score as an ONNX model of standard operators, which any inference runtime executes.
 *
 * Inputs, in the layout of the options: `prediction` `[N, C, ...spatial]`, or integers `[N, ...spatial]`
 * with decide 'labels'; `target`, integers `[N, ...spatial]` for 'labels', else planes; `mask` where the
 * metric takes one.
 *
 * Outputs: `score`, the grid reduced as the metric says; `scores`, the grid `[N, C']`, `[C']`, `[N]` or
 * `[]`; with 'statistics' the counts `I`, `P` and `T`, `[N, C']` or `[C']`, which add over tiles and
 * batches: `finishMetric` scores their sums. NaN stands for a score that is not defined.
 *
 * Counts are exact up to 2^24 voxels per sample and class in float32, and off by a rounding above. The
 * model carries the metric, see {@link readMetric}.
 *
 * @param spec - The metric, or a loss, whose metric is taken: see `metricOf`.
 * @param options - Spatial rank, and what differs from the defaults.
 * @throws SpecError - listing every violation of the metric.
 * @throws InputError - listing every option that is unknown, not allowed or does not fit the metric.
 *
 * @example
 * ```ts
 * const metric = { target: 'labels', decide: 'argmax', per: 'batch' } as const;
 * const bytes = exportMetric(metric, { spatialRank: 3, outputs: ['score', 'statistics'] });
 * ```
 */
export function exportMetric(
  spec: LossSpec | MetricSpec,
  options: MetricExportOptions,
): Uint8Array {
  const metric = metricOf(spec);
  const complete = completeMetricOptions(metric, options);
  const { opset, form, dtype } = complete;
  const program = compileMetric(metric, { precision: precisionOf(dtype) });
  return modelBytes(metricGraph(program, complete), {
    opset,
    form,
    name: metricName(metric),
    doc: metricDoc(metric),
    metadata: metricMetadata(metric, complete),
  });
}

/** In what numbers are compared: half precision is read, but not computed with. */
export function precisionOf(dtype: CompleteMetricOptions['dtype']): 'float32' | 'float64' {
  return dtype === 'float64' ? 'float64' : 'float32';
}

function metricGraph(program: MetricProgram, options: CompleteMetricOptions): Graph {
  const { metric, whole, statistics } = program;
  const inputs = metricInputPorts(metric, options);
  const counts = options.outputs.includes('statistics') ? statistics : [];
  const reserved = [...inputs, ...counts].map(({ name }) => name);
  const graph = graphBuilder([...reserved, ...options.outputs]);
  for (const port of inputs) graph.input(port);
  const { emission, given } = readInputs(emissionOf(graph, options), program, inputs);
  const emit = metricEmission(emission, program, 'count/', given);
  for (const output of options.outputs) {
    if (output === 'statistics') {
      for (const { name, node } of counts) {
        graph.output(metricOutputPort(options, name, node), emit.count(node, name));
      }
    } else {
      const scored = output === 'score' ? whole.score : whole.scores;
      const port = metricOutputPort(options, output, scored.value);
      graph.output(port, emit.scored(scored, output));
    }
  }
  return graph.build();
}

/** The inputs as values, and the tensor that has all sizes: a label map lacks an axis. */
function readInputs(
  emission: Emission,
  program: Pick<MetricProgram, 'inputs'> & { readonly metric: MetricPlan },
  ports: readonly Port[],
): { readonly emission: Emission; readonly given: (input: string) => Value | undefined } {
  const values = new Map(
    ports.map((port) => [port.name, inputValue(emission, program, port, port.name)]),
  );
  const prediction = values.get('prediction');
  const isLabelMap = prediction?.axes.includes('channel') === false;
  const given = (input: string): Value | undefined => values.get(input);
  if (!isLabelMap) return { emission, given };
  // A value has its voxels in a row and its channels first already.
  const own: Emission = {
    ...emission,
    prediction: prediction.name,
    borderRank: emission.spatialRank,
    layout: 'channelsFirst',
  };
  return { emission: own, given };
}
