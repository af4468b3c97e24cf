import { type Problem, problemText } from '../schema/problem.js';

/**
 * Arguments of a peer's class that cannot be honoured: lists every problem at once, each by the name
 * of its argument.
 */
export class PeerError extends Error {
  override readonly name: string = 'PeerError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(problemText).join('\n'));
    this.problems = problems;
  }
}
