import type { Builder } from './builder.js';
import { applyOp, inOrder, type Node, type OpTable } from './node.js';

/**
 * Replaces inputs by expressions with the same axes and rebuilds what depends on them; the rest
 * stays the same object.
 */
export function substitute(
  b: Builder,
  root: Node,
  replacement: (input: string) => Node | undefined,
): Node {
  const table = rebuildTable(b);
  const rebuilt = new Map<Node, Node>();
  for (const node of inOrder([root])) {
    const args = node.args.map((arg) => rebuilt.get(arg) ?? arg);
    const unchanged = args.every((arg, at) => arg === node.args[at]);
    const replaced = node.op === 'input' ? replacement(node.name) : undefined;
    if (replaced !== undefined && replaced.axes.join() !== node.axes.join()) {
      throw new TypeError(`replacement of [${node.axes}] has axes [${replaced.axes}]`);
    }
    rebuilt.set(node, replaced ?? (unchanged ? node : applyOp(table, node, args)));
  }
  return rebuilt.get(root) ?? root;
}

/** Nodes that have nothing but their arguments. */
const ofOne =
  (make: (x: Node) => Node) =>
  (_: Node, [x]: readonly [Node]): Node =>
    make(x);
const ofTwo =
  (make: (x: Node, y: Node) => Node) =>
  (_: Node, [x, y]: readonly [Node, Node]): Node =>
    make(x, y);

/** Makes every node again from new arguments. */
export const rebuildTable = (b: Builder): OpTable<Node> => ({
  input: (node) => node,
  const: (node) => node,
  vector: (node) => node,
  count: (node, [like]) => b.count(like, node.axis),
  index: (node, [like]) => b.index(like, node.axis),
  add: ofTwo(b.add),
  sub: ofTwo(b.sub),
  mul: ofTwo(b.mul),
  div: ofTwo(b.div),
  max: ofTwo(b.max),
  min: ofTwo(b.min),
  less: ofTwo(b.less),
  equal: ofTwo(b.equal),
  pow: (node, [x]) => b.pow(x, node.exponent),
  exp: ofOne(b.exp),
  log: ofOne(b.log),
  abs: ofOne(b.abs),
  sign: ofOne(b.sign),
  sigmoid: ofOne(b.sigmoid),
  softplus: ofOne(b.softplus),
  softmax: ofOne(b.softmax),
  logSoftmax: ofOne(b.logSoftmax),
  sum: (node, [x]) => b.sum(x, node.over),
  peak: (node, [x]) => b.peak(x, node.over),
  argmax: ofOne(b.argmax),
  shift: (node, [x]) => b.shift(x, node),
  top: (node, [x]) => b.top(x, node.perMillion),
  toClass: (node, [x]) => b.toClass(x, node.map),
  toChannel: (node, [x, channels]) => b.toChannel(x, node.map, channels, x),
});

/** Makes every node again in another builder, inputs and constants too. */
export const rebuildTableIn = (b: Builder): OpTable<Node> => ({
  ...rebuildTable(b),
  input: (node) => b.input(node.name, node.axes, node.type),
  const: (node) => (node.type === 'integer' ? b.integer(node.value) : b.real(node.value)),
  vector: (node) => b.vector(node.values, node.type),
});
