import { InputError, type Problem, SpecError } from '@softdice/core';

/** What a call complains about; anything else that it throws is passed on. */
export function problemsOf(call: () => unknown): readonly Problem[] {
  try {
    call();
    return [];
  } catch (error) {
    if (error instanceof SpecError || error instanceof InputError) return error.problems;
    throw error;
  }
}

/** The messages of a call's problems. */
export function messagesOf(call: () => unknown): readonly string[] {
  try {
    call();
    return [];
  } catch (error) {
    if (error instanceof SpecError || error instanceof InputError) return error.message.split('\n');
    throw error;
  }
}
