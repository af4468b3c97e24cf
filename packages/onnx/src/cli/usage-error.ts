import type { Problem } from '@softdice/core';
import { InputError } from '@softdice/core';

/** A command that cannot be carried out as it was given. */
export class UsageError extends InputError {
  override readonly name: string = 'UsageError';
}

/** The error of one problem. */
export function misused(
  path: string,
  expected: string,
  received: string,
  fix?: string,
): UsageError {
  const problem: Problem = { path, expected, received, ...(fix === undefined ? {} : { fix }) };
  return new UsageError([problem]);
}
