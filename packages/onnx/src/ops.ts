import type { Axis, Node, NodeOf, OpTable } from '@softdice/core';
import { channelSum } from './channel-sum.js';
import { channelsOf, classesOf } from './class-matrix.js';
import {
  folded,
  foldedSum,
  nearProduct,
  scalarValue,
  vectorDims,
  vectorValue,
} from './constant-value.js';
import { largest } from './largest.js';
import { channelPosition, positionsOf } from './layout.js';
import { elementNumber } from './model.js';
import { shifted } from './shift.js';
import { sigmoid, softplus } from './sigmoid.js';
import { indices, size, sizedAs } from './sizes.js';
import { logarithmsIn, logSoftmax, softmax } from './softmax.js';
import { top } from './top.js';
import type { Emission, Value } from './value.js';
import { reduced, voxelSum } from './voxel-sum.js';

/**
 * How each op becomes operators.
 *
 * @param nameOf - The wanted name of a node's value.
 * @param roots - The expressions that will be computed, as far as they are known.
 */
export function onnxOps(
  emission: Emission,
  nameOf: (node: Node) => string,
  roots: readonly Node[] = [],
): OpTable<Value> {
  const logarithms = logarithmsIn(roots);
  const { graph, spatialRank, integers, real: type } = emission;
  const toReal = { to: elementNumber(type) };
  const fullRank = 2 + spatialRank;

  /** The value of a node whose tensor has as many axes as its argument. */
  const like = (node: Node, { rank }: Value, name: string): Value => ({
    name,
    axes: node.axes,
    rank,
  });
  const unary = (op: string, node: Node, x: Value): Value =>
    like(node, x, graph.node(op, [x.name], nameOf(node)));
  const joined = (node: Node, a: Value, b: Value, name: string): Value => ({
    name,
    axes: node.axes,
    rank: Math.max(a.rank, b.rank),
  });
  const binary = (op: string, node: Node, a: Value, b: Value): Value =>
    folded(emission, node, a, b) ??
    joined(node, a, b, graph.node(op, [a.name, b.name], nameOf(node)));
  /** 1 where the comparison holds, else 0. */
  const comparison = (op: string, node: Node, a: Value, b: Value): Value => {
    const holds = graph.node(op, [a.name, b.name], `${nameOf(node)}/holds`);
    const name = graph.node('Cast', [holds], nameOf(node), toReal);
    return { name, axes: node.axes, rank: Math.max(a.rank, b.rank) };
  };
  const real = (value: number): Value => scalarValue(emission, value);

  return {
    input: (node) => {
      throw new TypeError(`input ${node.name} was not given`);
    },
    const: (node) =>
      node.type === 'real'
        ? real(node.value)
        : { name: graph.constant(integers, [], [node.value]), axes: [], rank: 0 },
    vector: ({ type: numbers, values, axes }) => {
      if (numbers === 'real') return vectorValue(emission, values);
      const name = graph.constant(integers, vectorDims(emission, values.length), values);
      return { name, axes, rank: fullRank };
    },
    count: (node, [like]) => {
      const [of] = node.args;
      if (of.op === 'vector') return real(of.values.length);
      const total = size(emission, sizedAs(emission, like), node.axis);
      const name = graph.node('Cast', [total], nameOf(node), toReal);
      return { name, axes: [], rank: 0 };
    },
    index: (node, [like]) => indices(emission, sizedAs(emission, like), node.axis),
    add: (node, [a, b]) => binary('Add', node, a, b),
    sub: (node, [a, b]) => binary('Sub', node, a, b),
    mul: (node, [a, b]) => {
      // The cotangent may be 1, which the expressions do not know.
      if (a.constant === 1) return b;
      if (b.constant === 1) return a;
      const known = folded(emission, node, a, b);
      if (known !== undefined) return known;
      if (a.constant === -1) return { ...unary('Neg', node, b), negates: b.name };
      const wanted = nameOf(node);
      const name =
        nearProduct(emission, a, b, wanted) ??
        nearProduct(emission, b, a, wanted) ??
        graph.node('Mul', [a.name, b.name], wanted);
      return joined(node, a, b, name);
    },
    // onnxruntime 1.30 fuses products of Div(1, x), and loses the node where it has two uses.
    div: (node, [a, b]) =>
      a.constant === 1 && folded(emission, node, a, b) === undefined
        ? unary('Reciprocal', node, b)
        : binary('Div', node, a, b),
    max: (node, [a, b]) => binary('Max', node, a, b),
    min: (node, [a, b]) => binary('Min', node, a, b),
    less: (node, [a, b]) => comparison('Less', node, a, b),
    equal: (node, [a, b]) => comparison('Equal', node, a, b),
    pow: (node, [x]) =>
      node.exponent === 2 ? binary('Mul', node, x, x) : binary('Pow', node, x, real(node.exponent)),
    exp: (node, [x]) => unary('Exp', node, x),
    log: (node, [x]) => unary('Log', node, x),
    abs: (node, [x]) => unary('Abs', node, x),
    sign: (node, [x]) => unary('Sign', node, x),
    sigmoid: (node, [x]) => like(node, x, sigmoid(emission, x, nameOf(node))),
    softplus: (node, [x]) => like(node, x, softplus(emission, x, nameOf(node))),
    logSoftmax: (node, [x]) => like(node, x, logSoftmax(emission, x, nameOf(node))),
    softmax: (node, [x]) => {
      const log = logarithms.get(node.args[0]);
      const logarithm = log && logSoftmax(emission, x, nameOf(log));
      return like(node, x, softmax(emission, x, nameOf(node), logarithm));
    },
    sum: (node, [x]) => foldedSum(emission, x) ?? sum(emission, node, x, nameOf(node)),
    peak: (node, [x]) => {
      const positions = node.over.flatMap((axis) => positionsOf(axis, spatialRank));
      return like(node, x, largest(emission, x.name, positions, nameOf(node)));
    },
    argmax: (node, [x]) => like(node, x, argmax(emission, x, nameOf(node))),
    shift: (node, [x]) => like(node, x, shifted(emission, x, node, nameOf(node))),
    top: (node, [x]) => like(node, x, top(emission, x.name, node.perMillion, nameOf(node))),
    toClass: (node, [x]) => ({
      name: classesOf(emission, x, node.map, nameOf(node)),
      axes: node.axes,
      rank: fullRank,
    }),
    toChannel: (node, [x, like]) => ({
      name: channelsOf(emission, x, node.map, sizedAs(emission, like), nameOf(node)),
      axes: node.axes,
      rank: fullRank,
    }),
  };
}

/** The first of the largest channels, in the element type in which labels are compared. */
function argmax(emission: Emission, x: Value, wanted: string): string {
  const { graph, integers } = emission;
  const attributes = { axis: channelPosition, keepdims: 1, select_last_index: 0 };
  if (integers === 'int64') return graph.node('ArgMax', [x.name], wanted, attributes);
  const index = graph.node('ArgMax', [x.name], `${wanted}/int64`, attributes);
  return graph.node('Cast', [index], wanted, { to: elementNumber(integers) });
}

/** Voxels first, with care; samples and classes are few. */
function sum(emission: Emission, node: NodeOf<'sum'>, x: Value, wanted: string): Value {
  const [only] = node.over;
  const ofChannels = node.over.length === 1 && (only === 'channel' || only === 'class');
  if (ofChannels && x.axes.includes('voxel')) {
    const name = channelSum(emission, x.name, sizedAs(emission, x), wanted);
    return { name, axes: node.axes, rank: x.rank };
  }
  const others = node.over
    .filter((axis) => axis !== 'voxel')
    .flatMap((axis: Axis) => positionsOf(axis, emission.spatialRank));
  const voxels = node.over.includes('voxel') && emission.spatialRank > 0;
  const first = others.length > 0 ? `${wanted}/voxels` : wanted;
  const summed = voxels ? voxelSum(emission, x, first) : x.name;
  const name = others.length > 0 ? reduced(emission, summed, others, wanted) : summed;
  return { name, axes: node.axes, rank: x.rank };
}
