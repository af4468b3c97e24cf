import type { Host } from './host.js';

/** What a command found: for programs and for people. */
export interface Answer {
  /** What `--json` prints; `undefined` where the output is no text. */
  readonly json: unknown;
  /** What is printed without it. */
  readonly text: string;
  /** Whether there was nothing to find fault with; else the exit code is 1. */
  readonly passed: boolean;
}

/** An option of a command, in the words of the parser of the command line. */
export interface CommandOption {
  /** Such as `-o, --output <file>`; `<a...>` takes several. */
  readonly flags: string;
  readonly doc: string;
  /** The only values, where there are few. */
  readonly choices?: readonly string[];
  readonly required?: true;
  /** Whether it may be given several times. */
  readonly repeated?: true;
}

/** A positional argument. */
export interface CommandArgument {
  /** Such as `<model>`, or `[loss]` where it may be left out. */
  readonly name: string;
  readonly doc: string;
}

/** Values of the options as they were written. */
export type Given = Readonly<Record<string, string | readonly string[] | boolean | undefined>>;

/** A subcommand, as data. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  readonly details: string;
  readonly arguments: readonly CommandArgument[];
  readonly options: readonly CommandOption[];
  /** Lines that a user could type, without `softdice`. */
  readonly examples: readonly string[];
  readonly act: (
    words: readonly (string | undefined)[],
    options: Given,
    host: Host,
  ) => Promise<Answer>;
}

/** The text of an option that takes one. */
export function textOf(options: Given, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

/** The texts of an option that takes several. */
export function textsOf(options: Given, name: string): readonly string[] {
  const value = options[name];
  if (typeof value === 'string') return [value];
  return typeof value === 'boolean' || value === undefined ? [] : value;
}
