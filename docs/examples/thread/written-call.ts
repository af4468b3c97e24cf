import { type LossSpec, type MetricSpec, type OverlapOptions, parseSpec } from '@softdice/core';
import { literal } from '../literal.js';
import type { LossAnswer, MetricAnswer, Refusal } from './thread-formula.js';

/** A preset called with options, beside the line that says so: neither can drift from the other. */
export function loss(
  formula: string,
  preset: (options: OverlapOptions) => LossSpec,
  options: OverlapOptions,
  expected: string,
): LossAnswer {
  const line = `${preset.name}(${literal(options)})`;
  return { kind: 'loss', formula, line, spec: preset(options), expected };
}

/** A metric beside its line. */
export function metric(formula: string, metric: MetricSpec, expected: string): MetricAnswer {
  const line = `score(${literal(metric)}, { prediction, target })`;
  return { kind: 'metric', formula, line, metric, expected };
}

/** A spec that is refused, beside its line. */
export function refused(formula: string, json: unknown, expected: string): Refusal {
  const line = `${parseSpec.name}(${literal(json)})`;
  return { kind: 'refused', formula, line, json, expected };
}
