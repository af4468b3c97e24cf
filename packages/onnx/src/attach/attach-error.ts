import { InputError, type Problem } from '@softdice/core';

/** A model that no loss can be attached to, or options that do not fit it: lists what is wrong. */
export class AttachError extends InputError {
  override readonly name: string = 'AttachError';
}

/** The error of one problem. */
export function refused(
  path: string,
  expected: string,
  received: string,
  fix: string,
): AttachError {
  const problem: Problem = { path, expected, received, fix };
  return new AttachError([problem]);
}
