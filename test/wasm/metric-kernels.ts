import { compileMetric, type MetricSpec } from '@softdice/core';
import { type Fused, fusedOf } from '@softdice/core/wasm';

/** Each decision, and classes that are told apart voxel by voxel, of several channels or of one. */
const several: Readonly<Record<string, MetricSpec>> = {
  'hard argmax': { target: 'labels' },
  'hard threshold': { target: 'multilabel', decide: 'threshold' },
  'hard labels': { target: 'labels', decide: { kind: 'labels', channels: 4 } },
  'hard regions': { target: 'labels', classes: { kind: 'regions', regions: [[1, 2], [3]] } },
};
const single: Readonly<Record<string, MetricSpec>> = {
  'hard binary': { target: 'binary', decide: 'threshold' },
};

/** Hard scores as kernels. */
export function metricKernels(
  ofSeveral: boolean,
): readonly { readonly slug: string; readonly fused: Fused }[] {
  return Object.entries(ofSeveral ? several : single).flatMap(([slug, metric]) => {
    const fused = fusedOf(compileMetric(metric, { precision: 'float32' }));
    return 'reason' in fused ? [] : [{ slug, fused }];
  });
}
