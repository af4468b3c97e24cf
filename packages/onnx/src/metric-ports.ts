import type { MetricPlan, Node } from '@softdice/core';
import { computedTypes } from './dtype.js';
import type { Port } from './graph.js';
import { type Border, givenPorts, gridPort, spatialDims } from './ports.js';

/** Prediction, target and, where the metric takes one, mask. */
export function metricInputPorts(metric: MetricPlan, border: Border): readonly Port[] {
  const [prediction, ...others] = givenPorts(metric, border, docs[metric.decide.kind]);
  if (prediction === undefined) throw new TypeError('a graph has a prediction');
  if (metric.decide.kind !== 'labels') return [prediction, ...others];
  const { name, doc = '' } = prediction;
  const dims = ['N', ...spatialDims(border.spatialRank)];
  return [{ name, doc, type: border.labels, dims }, ...others];
}

/** A score or count on its grid. */
export function metricOutputPort(border: Border, name: string, node: Node): Port {
  return {
    ...gridPort(name, node, computedTypes[border.dtype]),
    doc: outputDocs[name] ?? 'A number of voxels.',
  };
}

const docs: { readonly [K in MetricPlan['decide']['kind']]: string } = {
  argmax: 'What the network emits; the largest channel is the label.',
  threshold: 'What the network emits; channels above the threshold are present.',
  labels: 'The label of each voxel.',
};

const outputDocs: Readonly<Record<string, string>> = {
  score: 'The hard score, NaN where it is not defined.',
  scores: 'The hard score of each cell, NaN where it is not defined.',
  metrics: 'The hard score of each class over the batch.',
  I: 'Voxels of prediction and target.',
  P: 'Voxels of the prediction.',
  T: 'Voxels of the target.',
};
