import { compileMetric, metricOf, type Plan } from '@softdice/core';
import { precisionOf } from './export-metric.js';
import { metricEmission } from './metric-graph.js';
import { metricOutputPort } from './metric-ports.js';
import type { CompleteOptions } from './options.js';
import type { Emission, Value } from './value.js';

/**
 * Adds the hard scores that belong to a loss, `metrics`, beside what its graph has: labels that are
 * encoded already are encoded once.
 *
 * @param given - The values of prediction, target and mask.
 */
export function lossMetrics(
  emission: Emission,
  plan: Plan,
  options: CompleteOptions,
  given: (input: string) => Value | undefined,
): void {
  const program = compileMetric(metricOf(plan), { precision: precisionOf(options.dtype) });
  const { scores } = program.whole;
  const emit = metricEmission(emission, program, 'metrics/', given);
  const port = metricOutputPort(options, 'metrics', scores.value);
  emission.graph.output(port, emit.scored(scores, 'metrics'));
}
