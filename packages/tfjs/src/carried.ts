import { inOrder, type Node, type Op, type Program, valuesRead } from '@softdice/core';

/** Ops worth keeping from the first pass for the second: others cost less time than memory. */
const expensive: ReadonlySet<Op> = new Set<Op>([
  'softmax',
  'sigmoid',
  'logSoftmax',
  'softplus',
  'top',
]);

/** Values that the backward pass takes from the forward pass instead of computing them again. */
export interface Carried {
  readonly nodes: readonly Node[];
  /** The one that stands for the prediction: itself, or another of its shape where only that is read. */
  readonly prediction: Node;
}

/**
 * Chooses what to carry. A logit is not needed once its probability is known, so that the prediction
 * itself is carried only where the gradient reads its values.
 */
export function carriedBy({ inputs, statistics, pullback }: Program): Carried {
  const backward = inOrder([pullback]);
  const inBackward = new Set(backward);
  const activations = inOrder(statistics.map(({ node }) => node)).filter(
    (node) => expensive.has(node.op) && inBackward.has(node),
  );
  const prediction = inputs.find((node) => node.op === 'input' && node.name === 'prediction');
  if (prediction === undefined) throw new TypeError('the program has no prediction');
  const isRead = backward
    .filter((node) => !activations.includes(node))
    .some((node) => valuesRead(node).includes(prediction));
  const shaped = activations.filter((node) => node.axes.join() === prediction.axes.join());
  const [standIn = prediction] = shaped;
  return isRead || standIn === prediction
    ? { nodes: [...activations, prediction], prediction }
    : { nodes: activations, prediction: standIn };
}
