import type { Axis, Node, NodeOf, Op } from '../expression/node.js';

/** Why a node cannot be part of a sweep, or undefined where it can. */
type Judge<O extends Op> = (node: NodeOf<O>) => string | undefined;

const always = (): undefined => undefined;

/** Voxels are read one by one and in any order, so that neither neighbours nor ranks can be known. */
const judges: { readonly [O in Op]: Judge<O> } = {
  input: always,
  const: always,
  vector: always,
  count: always,
  index: ({ axis }) => (axis === 'voxel' ? 'it asks where a voxel is' : undefined),
  add: always,
  sub: always,
  mul: always,
  div: always,
  max: always,
  min: always,
  less: always,
  equal: always,
  pow: always,
  exp: always,
  log: always,
  abs: always,
  sign: always,
  sigmoid: always,
  softplus: always,
  softmax: always,
  logSoftmax: always,
  sum: (node) => ofSamples(node, node.args[0]),
  peak: (node) =>
    node.over.includes('voxel') ? 'it takes a maximum over voxels' : ofSamples(node, node.args[0]),
  argmax: always,
  shift: () => 'it looks at neighbours',
  top: () => 'it ranks voxels',
  toClass: always,
  toChannel: always,
};

function ofSamples({ over }: { readonly over: readonly Axis[] }, arg: Node): string | undefined {
  const kept = arg.axes.includes('voxel') && !over.includes('voxel');
  return kept && over.includes('sample') ? 'it combines samples voxel by voxel' : undefined;
}

/** Why a node cannot be part of a sweep, or undefined where it can. */
export function unfusable(node: Node): string | undefined {
  if (node.axes.includes('voxel') && !node.axes.includes('sample')) {
    return 'it has values that all samples share, voxel by voxel';
  }
  return (judges[node.op] as Judge<Op>)(node);
}
