import { applyOp, inOrder, type Node, type OpTable } from '@softdice/core';
import * as tf from '@tensorflow/tfjs';

/** One node, and the nodes whose values nothing needs after it. */
interface Step {
  readonly node: Node;
  readonly frees: readonly Node[];
}

/** Which nodes to compute in which order, and when their values can go. */
export interface Schedule {
  readonly steps: readonly Step[];
  readonly wanted: readonly Node[];
}

/**
 * Plans the computation of the wanted nodes.
 *
 * @param known - Nodes whose values will be given; what only they need is left out.
 */
export function schedule(wanted: readonly Node[], known: readonly Node[] = []): Schedule {
  const given = new Set(known);
  const needed = new Set<Node>(wanted);
  for (const node of inOrder(wanted).toReversed()) {
    if (needed.has(node) && !given.has(node)) for (const arg of node.args) needed.add(arg);
  }
  const order = inOrder(wanted).filter((node) => needed.has(node));
  const lastUse = new Map<Node, Node>();
  for (const node of order) {
    lastUse.set(node, node);
    if (!given.has(node)) for (const arg of node.args) lastUse.set(arg, node);
  }
  const frees = new Map<Node, Node[]>();
  for (const [node, last] of lastUse) {
    if (!wanted.includes(node)) frees.set(last, [...(frees.get(last) ?? []), node]);
  }
  return { steps: order.map((node) => ({ node, frees: frees.get(node) ?? [] })), wanted };
}

/**
 * Computes the wanted values of a schedule, disposing each value after its last use.
 *
 * @param given - Values of inputs and known nodes; each call gives a tensor of its own, which the
 *   run disposes like any other.
 */
export function run(
  table: OpTable<tf.Tensor>,
  { steps, wanted }: Schedule,
  given: (node: Node) => tf.Tensor | undefined,
): readonly tf.Tensor[] {
  const values = new Map<Node, tf.Tensor>();
  const computed = (node: Node): tf.Tensor => {
    const value = values.get(node);
    if (value === undefined) throw new TypeError(`${node.op} has no value yet`);
    return value;
  };
  return tf.tidy(() => {
    for (const { node, frees } of steps) {
      // The inner tidy drops what an op makes on its way.
      const value = tf.tidy(() => given(node) ?? applyOp(table, node, node.args.map(computed)));
      values.set(node, value);
      for (const dead of frees) computed(dead).dispose();
    }
    return wanted.map(computed);
  });
}
