import type { MetricPlan } from '@softdice/core';
import { evaluateMetric, type Kernels, type Layout } from '@softdice/tfjs';
import * as tf from '@tensorflow/tfjs';
import type { Batch, Tensor } from '../arbitraries/batch.js';
import { fullShape } from './full-shape.js';
import type { MetricOutcome } from './metric-target.js';
import type { Result } from './target.js';

/** Runs a hard score on the backend of the moment; throws where a tensor is left over. */
export async function evaluatedMetric(
  metric: MetricPlan,
  batch: Batch,
  layout: Layout,
  kernels: Kernels,
): Promise<MetricOutcome> {
  const before = tf.memory().numTensors;
  const outcome = await evaluated(metric, batch, layout, kernels);
  const leaked = tf.memory().numTensors - before;
  if (leaked !== 0) throw new Error(`${leaked} tensors leaked`);
  return outcome;
}

async function evaluated(
  metric: MetricPlan,
  batch: Batch,
  layout: Layout,
  kernels: Kernels,
): Promise<MetricOutcome> {
  const rank = fullShape(metric, batch).length;
  const { prediction, target, mask } = batch;
  const isLabels = metric.decide.kind === 'labels';
  const inputs = {
    prediction: tensorIn(layout, rank, prediction, isLabels ? 'int32' : 'float32'),
    target: tensorIn(layout, rank, target, metric.target.kind === 'labels' ? 'int32' : 'float32'),
    ...(mask === undefined ? {} : { mask: tensorIn(layout, rank, mask, 'bool') }),
  };
  const result = evaluateMetric(metric, { layout, kernels })(inputs);
  const statistics: Record<string, Result> = {};
  for (const [name, count] of Object.entries(result.statistics)) {
    statistics[name] = await read(count);
  }
  const outcome = {
    score: await read(result.score),
    scores: await read(result.scores),
    statistics,
  };
  tf.dispose([Object.values(inputs), result as unknown as tf.TensorContainer]);
  return outcome;
}

async function read(tensor: tf.Tensor): Promise<Result> {
  return { shape: tensor.shape, data: await tensor.data() };
}

/** A tensor of ours, channels first, in a layout. */
function tensorIn(
  layout: Layout,
  rank: number,
  { shape, data }: Tensor,
  type: 'float32' | 'int32' | 'bool',
): tf.Tensor {
  const tensor = tf.tensor([...data], [...shape], type);
  if (layout === 'channelsFirst' || shape.length !== rank) return tensor;
  const spatial = Array.from({ length: rank - 2 }, (_, axis) => axis + 2);
  const moved = tensor.transpose([0, ...spatial, 1]);
  tensor.dispose();
  return moved;
}
