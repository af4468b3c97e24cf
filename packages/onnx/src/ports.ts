import {
  type Axis,
  inOrder,
  maskChannels,
  type Named,
  type Node,
  type Program,
} from '@softdice/core';
import type { Dimension, Port } from './graph.js';
import type { CompleteOptions, Output } from './options.js';
import type { SpatialRank } from './value.js';

/** The inputs of the graph. */
export function inputPorts(program: Program, options: CompleteOptions): readonly Port[] {
  const { plan, whole } = program;
  const { spatialRank, labels, cotangent } = options;
  const tensor = (name: string, channels: Dimension): Port => ({
    name,
    type: 'float',
    dims: ['N', channels, ...spatialDims(spatialRank)],
  });
  const mask = maskChannels(plan);
  const target: Port =
    plan.target.kind === 'labels'
      ? { name: 'target', type: labels, dims: ['N', ...spatialDims(spatialRank)] }
      : tensor('target', channels(program));
  return [
    tensor('prediction', channels(program)),
    target,
    ...(mask === 'none' ? [] : [tensor('mask', mask === 'one' ? 1 : channels(program))]),
    ...(cotangent === 'input' ? [gridPort('cotangent', whole.loss)] : []),
  ];
}

/** What the outputs are: a name and the node that it shows. */
export function outputNodes(program: Program, { outputs }: CompleteOptions): readonly Named[] {
  const { loss, gradient, terms } = program.whole;
  const shown: { readonly [O in Output]: readonly Named[] } = {
    loss: [{ name: 'loss', node: loss }],
    gradient: [{ name: 'gradient', node: gradient }],
    scores: terms.slice(0, 1).map(({ scores }) => ({ name: 'scores', node: scores })),
    statistics: program.statistics,
  };
  return outputs.flatMap((output) => shown[output]);
}

/** The gradient has the shape of the prediction, everything else that of its grid. */
export function outputPort(program: Program, rank: SpatialRank, name: string, node: Node): Port {
  const dims = ['N', channels(program), ...spatialDims(rank)];
  return node === program.whole.gradient ? { name, type: 'float', dims } : gridPort(name, node);
}

function gridPort(name: string, node: Node): Port {
  const dims = node.axes.map((axis: Axis) => (axis === 'sample' ? 'N' : classes(node)));
  return { name, type: 'float', dims };
}

function channels({ plan }: Program): Dimension {
  return plan.target.kind === 'binary' ? 1 : 'C';
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

function spatialDims(rank: SpatialRank): readonly Dimension[] {
  return Array.from({ length: rank }, (_, at) => `D${at + 1}`);
}
