import { compileMetric } from '@softdice/core';
import { fusedScore, type Layout } from '@softdice/core/wasm-score';
import { float32 } from '../tolerance/precision.js';
import { arrayIn } from './array-layout.js';
import { fullShape } from './full-shape.js';
import type { MetricTarget } from './metric-target.js';

/** Hard scores by fused kernels on typed arrays, without a tensor library. */
export function metricFused(layout: Layout): MetricTarget {
  return {
    name: `fused kernels, ${layout}`,
    precision: float32,
    evaluateMetric: async (metric, batch) => {
      const { prediction, target, mask } = batch;
      const rank = fullShape(metric, batch).length;
      const program = compileMetric(metric, { precision: 'float32' });
      return fusedScore(program, { layout })({
        prediction: arrayIn(layout, rank, prediction),
        target: arrayIn(layout, rank, target),
        ...(mask === undefined ? {} : { mask: arrayIn(layout, rank, mask) }),
      });
    },
  };
}
