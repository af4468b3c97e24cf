import { type Problem, problemText } from '../schema/problem.js';

/** A config that cannot be read: lists every problem at once, each by its place. */
export class ConfigError extends Error {
  override readonly name: string = 'ConfigError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(problemText).join('\n'));
    this.problems = problems;
  }
}

/** An error with one problem. */
export function configError(
  path: string,
  expected: string,
  received: string,
  fix?: string,
): ConfigError {
  return new ConfigError([{ path, expected, received, ...(fix === undefined ? {} : { fix }) }]);
}
