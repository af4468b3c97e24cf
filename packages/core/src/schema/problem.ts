/** One violated expectation, with the place where it stands. */
export interface Problem {
  readonly path: string;
  readonly expected: string;
  readonly received: string;
  /** How to mend it, where that is known. */
  readonly fix?: string;
  /** The number of the violated constraint, such as `C3`; none for a value of the wrong type. */
  readonly constraint?: string;
}

/** Prints a problem in the project's one format. */
export function problemText(problem: Problem): string {
  const { path, expected, received, fix, constraint } = problem;
  const number = constraint === undefined ? '' : ` (${constraint})`;
  const mend = fix === undefined ? '' : `; ${fix}`;
  return `[softdice] Invalid ${path}: expected ${expected} but received ${received}${number}${mend}`;
}

/** Shows a received value in an error, shortened. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (typeof value === 'function') return 'a function';
  const text = jsonOf(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** A value as JSON, which cannot say circles, bigints or what is nested too deeply. */
function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return Array.isArray(value) ? 'a list' : 'an object';
  }
}

/** A spec that is not one: lists every violated constraint at once. */
export class SpecError extends Error {
  override readonly name: string = 'SpecError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(problemText).join('\n'));
    this.problems = problems;
  }
}

/** Inputs or options that do not fit the spec: lists every violated expectation at once. */
export class InputError extends Error {
  override readonly name: string = 'InputError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(problemText).join('\n'));
    this.problems = problems;
  }
}
