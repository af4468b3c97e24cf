import type { Node, Program } from '@softdice/core';

/** The name of each node's value: by the program where it names it, else by the op. */
export function namesOf(program: Program, outputs: ReadonlySet<string>): (node: Node) => string {
  const names = new Map<Node, string>();
  const name = (node: Node, wanted: string): void => {
    if (!names.has(node)) names.set(node, wanted);
  };
  const { loss, gradient, terms, coefficients } = program.whole;
  name(loss, 'loss');
  name(gradient, 'gradient');
  for (const statistic of program.statistics) {
    name(statistic.node, statistic.name);
    if (statistic.node.op === 'toClass') {
      const kept = statistic.node.map.kind === 'all';
      name(statistic.node.args[0], kept ? statistic.name : `${statistic.name}/channels`);
    }
  }
  terms.forEach((term, at) => {
    name(term.scores, at === 0 ? 'scores' : `${term.name}/scores`);
    name(term.loss, `${term.name}/loss`);
  });
  for (const coefficient of coefficients) name(coefficient.node, `${coefficient.name}/coefficient`);
  return (node) => {
    const wanted = names.get(node) ?? ordinaryName(node);
    // The output itself has the name; this is its value before the axes of size 1 are dropped.
    return outputs.has(wanted) ? `${wanted}/keepdims` : wanted;
  };
}

function ordinaryName(node: Node): string {
  switch (node.op) {
    case 'softmax':
    case 'sigmoid':
      return 'probabilities';
    case 'count':
      return `${node.axis}/count`;
    case 'equal': {
      const [a, b] = node.args;
      return isTarget(a) && b.op === 'index' ? 'one-hot' : 'equal';
    }
    default:
      return node.op;
  }
}

function isTarget(node: Node): boolean {
  return node.op === 'input' && node.name === 'target';
}
