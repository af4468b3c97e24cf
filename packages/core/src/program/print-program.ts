import { printed } from '../expression/print.js';
import type { Program } from './program.js';

/** Prints the three parts of a program. */
export function printProgram(program: Program): string {
  const { statistics, head, pullback } = program;
  const named = (nodes: readonly { name: string; node: (typeof statistics)[0]['node'] }[]) =>
    Object.fromEntries(nodes.map(({ name, node }) => [name, node]));
  const scores = head.terms.map((term) => ({ name: `scores ${term.name}`, node: term.scores }));
  return [
    `statistics, additive over ${program.additive}`,
    printed(named(statistics)),
    '',
    'head',
    printed({ loss: head.loss, ...named(scores), ...named(head.coefficients) }),
    '',
    'pullback',
    printed({ gradient: pullback }),
    '',
  ].join('\n');
}
