import type { Kernels, Layout } from '@softdice/tfjs';
import { float32 } from '../tolerance/precision.js';
import { evaluatedMetric } from './metric-evaluated.js';
import type { MetricTarget } from './metric-target.js';
import { useBackend } from './tfjs.js';

/** Hard scores on a tfjs backend in one layout, by its own ops or by fused kernels. */
export function metricTfjs(
  backend: 'cpu' | 'wasm',
  layout: Layout,
  kernels: Kernels = 'ops',
): MetricTarget {
  return {
    name: `tfjs-${backend}, ${layout}, kernels ${kernels}`,
    precision: float32,
    evaluateMetric: async (metric, batch) => {
      await useBackend(backend);
      return evaluatedMetric(metric, batch, layout, kernels);
    },
  };
}
