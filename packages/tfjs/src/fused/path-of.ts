import { compile, compileMetric, type LossSpec, type MetricSpec } from '@softdice/core';
import * as tf from '@tensorflow/tfjs';
import { completeMetricOptions } from '../metric-options.js';
import { completeOptions, type LossOptions } from '../options.js';
import { fusedCounts } from './fused-counts.js';
import { kernelPasses } from './kernel-passes.js';

/** Who computes a loss or a metric, and how or why. */
export type Path =
  | { readonly kernels: 'fused'; readonly tensors: 'in place' | 'copied' }
  | { readonly kernels: 'ops'; readonly reason: string };

/**
 * Tells which path a loss or a metric takes on the backend of the moment: kernels made for it, on tensors
 * in place or copied part by part, or tfjs's own ops.
 *
 * @param spec - A loss, or a metric; that of a loss is `metricOf(spec)`.
 * @param options - Those of the loss or of the metric.
 * @throws SpecError - where the spec is none; lists every violation.
 * @throws InputError - for unknown options.
 */
export function pathOf(spec: LossSpec | MetricSpec, options: LossOptions = {}): Path {
  // The backend has no name before it is first used.
  tf.backend();
  const reason = 'terms' in spec ? lossProblem(spec, options) : metricProblem(spec, options);
  if (reason !== undefined) return { kernels: 'ops', reason };
  return { kernels: 'fused', tensors: tf.getBackend() === 'cpu' ? 'copied' : 'in place' };
}

const unwanted = "the option kernels is 'ops'";

function lossProblem(spec: LossSpec, options: LossOptions): string | undefined {
  const complete = completeOptions(options);
  if (complete.kernels === 'ops') return unwanted;
  return kernelPasses(compile(spec, { spatialRank: 2 }), complete).problem();
}

function metricProblem(spec: MetricSpec, options: LossOptions): string | undefined {
  const { kernels, layout } = completeMetricOptions(options, ['layout', 'kernels']);
  if (kernels === 'ops') return unwanted;
  return fusedCounts(compileMetric(spec, { precision: 'float32' }), layout).problem();
}
