import { completeMetric, type MetricSpec } from '@softdice/core';
import { scoredClasses } from './classes/scored-classes.js';
import { gridShape, poolingOf } from './head/pooling.js';
import { channelPlanes, labelPlanes } from './inputs/target-planes.js';
import { sizesOf } from './inputs/voxel-data.js';
import { voxelWeights } from './inputs/voxel-weights.js';
import { decided } from './metrics/decide.js';
import { hardCounts } from './metrics/hard-counts.js';
import { metricCells } from './metrics/metric-cells.js';
import { checkMetricInputs, type MetricInputs } from './metrics/metric-inputs.js';
import { reducedScores } from './metrics/reduced-scores.js';
import type { Float64Tensor } from './tensor.js';

export type { MetricInputs } from './metrics/metric-inputs.js';

/**
 * Scores decided labels: the index of hard counts, without smoothing unless it is asked for.
 *
 * @param metric - The score, such as `{ decide: { kind: 'labels', channels: 4 }, target: 'labels' }`
 *   for two label maps.
 * @param inputs - Prediction, target and, where the metric takes one, mask; typed arrays of any kind.
 * @returns The grid `[N, C']`, `[C']`, `[N]` or `[]`, or its mean, `[]`, `[N]` or `[C']`.
 * @throws SpecError - where the metric is none.
 * @throws InputError - where the inputs do not fit it; lists every violation at once.
 */
export function score(metric: MetricSpec, inputs: MetricInputs): Float64Tensor {
  const complete = completeMetric(metric);
  const { target, decide, per, reduction } = complete;
  const { mask } = inputs;
  const sizes = sizesOf(checkMetricInputs(complete, inputs));
  const { samples, channels, voxels } = sizes;
  const classes = scoredClasses(complete.classes, channels);
  const pooling = poolingOf(per);
  const truth = inputs.target.data;
  const counts = hardCounts(
    {
      samples,
      voxels,
      prediction: decided(decide, inputs.prediction.data, sizes),
      target: target.kind === 'labels' ? labelPlanes(truth) : channelPlanes(truth, channels),
      weights: voxelWeights(complete, { sizes, target: truth, mask: mask?.data ?? [] }),
    },
    classes,
    pooling.samples,
  );
  const shape = gridShape(pooling, samples, classes.length);
  return reducedScores(reduction, shape, metricCells(complete, counts));
}
