import {
  type Axis,
  type Given,
  inOrder,
  maskChannels,
  type Named,
  type Node,
  type Plan,
  type Program,
} from '@softdice/core';
import { computedTypes, tensorTypes } from './dtype.js';
import type { Dimension, ElementType, Port } from './graph.js';
import { inLayout, type SpatialRank } from './layout.js';
import type { CompleteOptions, Output } from './options.js';

/** What the tensors at the border of a graph have in common. */
export type Border = Pick<CompleteOptions, 'spatialRank' | 'layout' | 'dtype' | 'labels'>;

/** The inputs of the graph. */
export function inputPorts(program: Program, options: CompleteOptions): readonly Port[] {
  const { cotangent, dtype } = options;
  const outer = gridPort('cotangent', program.whole.loss, computedTypes[dtype]);
  return [
    ...voxelPorts(program, options),
    ...(cotangent === 'input' ? [{ ...outer, doc: 'Factors of the loss in the gradient.' }] : []),
  ];
}

/** Prediction, target and, where the plan takes one, mask. */
export function voxelPorts({ plan }: Program, border: Border): readonly Port[] {
  return givenPorts(plan, border, predictionDoc(plan));
}

/** The same of whatever has a target and voxels. */
export function givenPorts(plan: Given, border: Border, prediction: string): readonly Port[] {
  const { spatialRank, labels } = border;
  const tensor = (name: string, count: Dimension, doc: string): Port => ({
    ...planesPort(name, count, border),
    doc,
  });
  const mask = maskChannels(plan);
  const target: Port =
    plan.target.kind === 'labels'
      ? {
          name: 'target',
          type: labels,
          dims: ['N', ...spatialDims(spatialRank)],
          doc: targetDocs.labels,
        }
      : tensor('target', channels(plan), targetDocs[plan.target.kind]);
  return [
    tensor('prediction', channels(plan), prediction),
    target,
    ...(mask === 'none'
      ? []
      : [tensor('mask', mask === 'one' ? 1 : channels(plan), `Voxels: ${plan.voxels.kind}.`)]),
  ];
}

/** What the outputs are: a name and the node that it shows. */
export function outputNodes(
  program: Program,
  { outputs }: Pick<CompleteOptions, 'outputs'>,
): readonly Named[] {
  const { loss, gradient, terms } = program.whole;
  const shown: { readonly [O in Output]: readonly Named[] } = {
    loss: [{ name: 'loss', node: loss }],
    gradient: [{ name: 'gradient', node: gradient }],
    scores: terms.slice(0, 1).map(({ scores }) => ({ name: 'scores', node: scores })),
    statistics: program.statistics,
    // Of another program: see `lossMetrics`.
    metrics: [],
  };
  return outputs.flatMap((output) => shown[output]);
}

/** The gradient has the shape of the prediction, everything else that of its grid. */
export function outputPort(program: Program, border: Border, name: string, node: Node): Port {
  if (node !== program.whole.gradient) {
    const port = gridPort(name, node, computedTypes[border.dtype]);
    return { ...port, doc: outputDocs[name] ?? 'A sum over the voxels.' };
  }
  return gradientPort(program, border, name);
}

/** The gradient, which has the shape of the prediction. */
export function gradientPort({ plan }: Program, border: Border, name = 'gradient'): Port {
  return {
    ...planesPort(name, channels(plan), border),
    doc: 'The derivative of the loss by the prediction.',
  };
}

/** Numbers on the grid of a node. */
export function gridPort(name: string, node: Node, type: ElementType): Port {
  const dims = node.axes.map((axis: Axis) => (axis === 'sample' ? 'N' : classes(node)));
  return { name, type, dims };
}

function planesPort(name: string, count: Dimension, { spatialRank, layout, dtype }: Border): Port {
  const dims = inLayout<Dimension>('N', count, spatialDims(spatialRank), layout);
  return { name, type: tensorTypes[dtype], dims };
}

const targetDocs: { readonly [K in Plan['target']['kind']]: string } = {
  labels: 'The label of each voxel.',
  binary: '1 where the only channel is present, else 0.',
  'one-hot': 'A plane per channel, 1 where it is present, else 0.',
  multilabel: 'A plane per channel, 1 where it is present, else 0; channels may share voxels.',
  soft: 'A plane of shares per channel.',
};

const outputDocs: Readonly<Record<string, string>> = {
  loss: 'The loss.',
  scores: 'The scores of the first term.',
};

function predictionDoc({ terms }: Plan): string {
  const activations = [...new Set(terms.map(({ activation }) => activation))];
  return activations.join() === 'none'
    ? 'Probabilities.'
    : `What the network emits; the graph applies ${activations.join(', ')}.`;
}

function channels({ target }: Given): Dimension {
  return target.kind === 'binary' ? 1 : 'C';
}

/** How many classes a node has. */
function classes(node: Node): Dimension {
  for (const each of inOrder([node])) {
    if (each.op === 'vector') return each.values.length;
    if (each.op !== 'toClass') continue;
    if ('rows' in each.map) return each.map.rows.length;
    return each.map.kind === 'all' ? 'C' : 'classes';
  }
  return 'classes';
}

/** A name for each spatial axis. */
export function spatialDims(rank: SpatialRank): readonly Dimension[] {
  return Array.from({ length: rank }, (_, at) => `D${at + 1}`);
}
