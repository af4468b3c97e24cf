import type { Axis, Node } from './node.js';

/** The node itself, which must have the axis. */
export function having(node: Node, axis: Axis): Node {
  if (!node.axes.includes(axis)) throw new TypeError(`${node.op} has no axis ${axis}`);
  return node;
}

/** The nearest node to the inputs that has the axis, so that asking for a size computes little. */
export function source(node: Node, axis: Axis): Node {
  if (node.op === 'input' || (node.op === 'toClass' && axis === 'class')) return having(node, axis);
  const arg = node.args.find((candidate) => candidate.axes.includes(axis));
  return arg === undefined ? having(node, axis) : source(arg, axis);
}

/** The axes of a node but some. */
export function without({ axes }: Node, some: readonly Axis[]): readonly Axis[] {
  return axes.filter((axis) => !some.includes(axis));
}
