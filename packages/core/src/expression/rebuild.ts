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

/** Makes every node again from new arguments. */
export const rebuildTable = (b: Builder): OpTable<Node> => ({
  input: (node) => node,
  const: (node) => node,
  vector: (node) => node,
  count: (node, [like]) => b.count(like, node.axis),
  index: (node, [like]) => b.index(like, node.axis),
  add: (_, [x, y]) => b.add(x, y),
  sub: (_, [x, y]) => b.sub(x, y),
  mul: (_, [x, y]) => b.mul(x, y),
  div: (_, [x, y]) => b.div(x, y),
  max: (_, [x, y]) => b.max(x, y),
  min: (_, [x, y]) => b.min(x, y),
  less: (_, [x, y]) => b.less(x, y),
  equal: (_, [x, y]) => b.equal(x, y),
  pow: (node, [x]) => b.pow(x, node.exponent),
  exp: (_, [x]) => b.exp(x),
  log: (_, [x]) => b.log(x),
  abs: (_, [x]) => b.abs(x),
  sign: (_, [x]) => b.sign(x),
  sigmoid: (_, [x]) => b.sigmoid(x),
  softplus: (_, [x]) => b.softplus(x),
  softmax: (_, [x]) => b.softmax(x),
  logSoftmax: (_, [x]) => b.logSoftmax(x),
  sum: (node, [x]) => b.sum(x, node.over),
  peak: (node, [x]) => b.peak(x, node.over),
  argmax: (_, [x]) => b.argmax(x),
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
