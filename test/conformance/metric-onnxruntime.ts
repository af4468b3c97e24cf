import type { MetricPlan } from '@softdice/core';
import { exportMetric, type LabelType, type SpatialRank } from '@softdice/onnx';
import type { Batch } from '../arbitraries/batch.js';
import { float32, float64 } from '../tolerance/precision.js';
import { fullShape } from './full-shape.js';
import type { MetricTarget } from './metric-target.js';
import {
  type Feeds,
  inNode,
  labels,
  plain,
  plane,
  read,
  voxels,
  type Writing,
} from './onnxruntime.js';

/** Exported hard scores in onnxruntime's CPU build for Node, however the graph is written. */
export function metricOnnxruntime(changes: Partial<Writing> = {}): MetricTarget {
  const writing = { ...plain, ...changes };
  return {
    name: `onnxruntime-node, ${writing.layout}, ${writing.dtype}, ${writing.form}`,
    precision: writing.dtype === 'float64' ? float64 : float32,
    evaluateMetric: async (metric, batch) => {
      const spatialRank = (fullShape(metric, batch).length - 2) as SpatialRank;
      const own = { ...writing, labels: labelsOf(metric, writing.labels) };
      const { labels: type, ...others } = own;
      const bytes = exportMetric(metric, {
        spatialRank,
        outputs: ['score', 'scores', 'statistics'],
        ...others,
        ...(hasLabels(metric) ? { labels: type } : {}),
      });
      const results = await inNode(bytes, feedsOf(metric, batch, spatialRank, own));
      return {
        score: read(results, 'score'),
        scores: read(results, 'scores'),
        statistics: { I: read(results, 'I'), P: read(results, 'P'), T: read(results, 'T') },
      };
    },
  };
}

function hasLabels({ target, decide }: MetricPlan): boolean {
  return target.kind === 'labels' || decide.kind === 'labels';
}

/** Bytes cannot hold an ignore label below 0. */
function labelsOf({ target }: MetricPlan, wanted: LabelType): LabelType {
  const least = target.kind === 'labels' ? (target.ignore ?? 0) : 0;
  return least < 0 && wanted === 'uint8' ? 'int32' : wanted;
}

function feedsOf(
  metric: MetricPlan,
  { prediction, target, mask }: Batch,
  rank: SpatialRank,
  writing: Writing,
): Feeds {
  const planes = (tensor: Batch['target']): Feeds[string] => voxels(plane(tensor, rank), writing);
  return {
    prediction:
      metric.decide.kind === 'labels' ? labels(prediction, rank, writing) : planes(prediction),
    target: metric.target.kind === 'labels' ? labels(target, rank, writing) : planes(target),
    ...(mask === undefined ? {} : { mask: planes(mask) }),
  };
}
