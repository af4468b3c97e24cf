import type { Node, Program } from '@softdice/core';

/** What a node's value is called. */
export type Names = (node: Node) => string;

/** Values in a graph of the whole loss. */
export function namesOf(program: Program, outputs: ReadonlySet<string>): Names {
  const { loss, gradient, terms, coefficients } = program.whole;
  return named(outputs, [
    [loss, 'loss'],
    [gradient, 'gradient'],
    ...statisticNames(program),
    ...termNames(terms),
    ...coefficients.map(({ name, node }) => [node, `${name}/coefficient`] as const),
  ]);
}

/** Values in the graphs of the parts of a loss. */
export function partNamesOf(program: Program, outputs: ReadonlySet<string>): Names {
  const { loss, terms, coefficients } = program.head;
  return named(outputs, [
    [loss, 'loss'],
    [program.pullback, 'gradient'],
    ...statisticNames(program),
    ...termNames(terms),
    ...coefficients.map(({ name, node }) => [node, `${name}/coefficient`] as const),
  ]);
}

type Named = readonly [Node, string];

/** The name of each node's value: by the program where it names it, else by the op. */
function named(outputs: ReadonlySet<string>, given: readonly Named[]): Names {
  // The first name of a node is its own.
  const names = new Map(given.toReversed());
  return (node) => {
    const wanted = names.get(node) ?? ordinaryName(node);
    // The output itself has the name; this is its value before the axes of size 1 are dropped.
    return outputs.has(wanted) ? `${wanted}/keepdims` : wanted;
  };
}

function statisticNames({ statistics }: Program): readonly Named[] {
  return statistics.flatMap(({ name, node }): readonly Named[] => {
    if (node.op !== 'toClass') return [[node, name]];
    const kept = node.map.kind === 'all';
    return [
      [node, name],
      [node.args[0], kept ? name : `${name}/channels`],
    ];
  });
}

function termNames(terms: Program['whole']['terms']): readonly Named[] {
  return terms.flatMap(({ name, scores, loss }, at): readonly Named[] => [
    [scores, at === 0 ? 'scores' : `${name}/scores`],
    [loss, `${name}/loss`],
  ]);
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
