import type { Layout } from '@softdice/tfjs';
import { float32 } from '../tolerance/precision.js';
import { evaluatedMetric } from './metric-evaluated.js';
import type { MetricTarget } from './metric-target.js';
import { useBackend } from './tfjs.js';

/** Hard scores on a tfjs backend in one layout. */
export function metricTfjs(backend: 'cpu' | 'wasm', layout: Layout): MetricTarget {
  return {
    name: `tfjs-${backend}, ${layout}`,
    precision: float32,
    evaluateMetric: async (metric, batch) => {
      await useBackend(backend);
      return evaluatedMetric(metric, batch, layout);
    },
  };
}
