import type { GoldenCase } from './golden-case.js';

/** Constructor arguments, read by kind; `undefined` where an argument is absent or null. */
export interface Arguments {
  readonly flag: (name: string, otherwise: boolean) => boolean;
  readonly number: (name: string) => number | undefined;
  readonly word: (name: string) => string | undefined;
  readonly numbers: (name: string) => readonly number[] | undefined;
  readonly matrix: (name: string) => readonly (readonly number[])[] | undefined;
}

/**
 * The constructor arguments of a case.
 *
 * @param known - All that the builder understands: an argument that nobody read would be a choice
 *   of the peer that went unnoticed.
 */
export function argumentsOf({ id, args }: GoldenCase, known: readonly string[]): Arguments {
  const unknown = Object.keys(args).filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new TypeError(`${id} has unknown arguments ${unknown.join(', ')}`);
  const read =
    <T>(expected: string, fits: (value: unknown) => value is T) =>
    (name: string): T | undefined => {
      if (!known.includes(name)) throw new TypeError(`${name} is not among the known arguments`);
      const value = args[name] ?? undefined;
      if (value === undefined || fits(value)) return value;
      throw new TypeError(`${id}: ${name} is ${JSON.stringify(value)}, not ${expected}`);
    };
  const isNumber = (value: unknown): value is number => typeof value === 'number';
  const areNumbers = (value: unknown): value is readonly number[] =>
    Array.isArray(value) && value.every(isNumber);
  const flag = read('a boolean', (value) => typeof value === 'boolean');
  return {
    flag: (name, otherwise) => flag(name) ?? otherwise,
    number: read('a number', isNumber),
    word: read('a word', (value) => typeof value === 'string'),
    numbers: read('numbers', areNumbers),
    matrix: read(
      'rows of numbers',
      (value): value is readonly (readonly number[])[] =>
        Array.isArray(value) && value.every(areNumbers),
    ),
  };
}
