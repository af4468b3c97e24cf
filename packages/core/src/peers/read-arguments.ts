import { type Problem, shown } from '../schema/problem.js';
import type { ArgumentKind, ArgumentTable, NumberKind, PeerArgument } from './argument.js';

/** Which arguments a version has, and what of those that came later. */
export interface ArgumentVersion {
  /** The version as the error says it, such as `MONAI 1.4`. */
  readonly title: string;
  readonly has: (argument: PeerArgument) => boolean;
}

/**
 * The values of a table's arguments: what is given, else the peer's own default.
 *
 * @param path - Before the names, such as `soft_dice_kwargs.`.
 * @param problems - Receives every argument that is unknown, missing or of another kind.
 */
export function readArguments(
  table: ArgumentTable,
  given: Readonly<Record<string, unknown>>,
  version: ArgumentVersion,
  path: string,
  problems: Problem[],
): Readonly<Record<string, unknown>> {
  const entries = Object.entries(table);
  const names = entries.filter(([, argument]) => version.has(argument)).map(([name]) => name);
  for (const [name, value] of Object.entries(given)) {
    if (names.includes(name) || value === undefined) continue;
    const other = Object.hasOwn(table, name) ? table[name] : undefined;
    problems.push({
      path: path + name,
      expected: `only ${names.join(', ')}`,
      received: shown(value),
      fix: other === undefined ? 'remove it' : `${version.title} has no ${name}: ${life(other)}`,
    });
  }
  return Object.fromEntries(
    entries.map(([name, argument]) => {
      const value = names.includes(name) && Object.hasOwn(given, name) ? given[name] : undefined;
      return [name, read(argument, value, version, path + name, problems)];
    }),
  );
}

function life({ since, before }: PeerArgument): string {
  return [
    ...(since === undefined ? [] : [`it came with ${since}`]),
    ...(before === undefined ? [] : [`it went with ${before}`]),
  ].join(', ');
}

function read(
  argument: PeerArgument,
  given: unknown,
  version: ArgumentVersion,
  path: string,
  problems: Problem[],
): unknown {
  const value = given === undefined ? argument.default : given;
  const { kind, none } = argument;
  if (value === null && none === true) return null;
  if (kind.type === 'arguments' && isRecord(value)) {
    return readArguments(kind.arguments, value, version, `${path}.`, problems);
  }
  if (value === undefined || !fits(kind, value)) {
    const or = none === true ? ' or null' : '';
    problems.push({ path, expected: `${expectation(kind)}${or}`, received: shown(value) });
  }
  return value;
}

/** Whether a value is of a kind. */
function fits(kind: ArgumentKind, value: unknown): boolean {
  switch (kind.type) {
    case 'flag':
      return typeof value === 'boolean';
    case 'number':
    case 'integer':
      return isNumber(kind, value);
    case 'word':
      return kind.words.some((word) => word === value);
    case 'text':
    case 'callable':
      return typeof value === 'string' && value.trim() !== '';
    case 'list':
      return (kind.single === true && isNumber(kind.items, value)) || areNumbers(kind.items, value);
    case 'matrix':
      return (
        Array.isArray(value) &&
        value.length > 0 &&
        Array.from(value).every((row) => areNumbers(kind.items, row))
      );
    case 'tensor':
      return isTensor(kind.items, value);
    case 'arguments':
      return false;
    case 'loss':
      return (
        typeof value === 'string' ||
        (isRecord(value) && typeof value['class'] === 'string' && isRecord(value['args'] ?? {}))
      );
  }
}

function isTensor(kind: NumberKind, value: unknown): boolean {
  if (!Array.isArray(value)) return isNumber(kind, value);
  const parts: readonly unknown[] = value;
  return parts.length > 0 && Array.from(parts).every((part) => isTensor(kind, part));
}

function areNumbers(kind: NumberKind, value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    Array.from(value).every((number) => isNumber(kind, number))
  );
}

function isNumber(kind: NumberKind, value: unknown): boolean {
  const whole = kind.type === 'integer';
  return (
    typeof value === 'number' &&
    (whole ? Number.isSafeInteger(value) : Number.isFinite(value)) &&
    value >= (kind.minimum ?? Number.NEGATIVE_INFINITY) &&
    value > (kind.above ?? Number.NEGATIVE_INFINITY) &&
    value <= (kind.maximum ?? Number.POSITIVE_INFINITY) &&
    value < (kind.below ?? Number.POSITIVE_INFINITY)
  );
}

/** What values a kind has, in words. */
export function expectation(kind: ArgumentKind): string {
  switch (kind.type) {
    case 'flag':
      return 'true or false';
    case 'number':
    case 'integer':
      return `${kind.type === 'integer' ? 'an integer' : 'a number'}${bounds(kind)}`;
    case 'word':
      return kind.words.map((word) => `'${word}'`).join(' | ');
    case 'text':
      return 'a text';
    case 'callable':
      return "a function's name, such as 'softmax'";
    case 'list':
      return `${kind.single === true ? `${expectation(kind.items)}, or ` : ''}a list of ${
        kind.items.type === 'integer' ? 'integers' : 'numbers'
      }${bounds(kind.items)}`;
    case 'matrix':
      return `rows of numbers${bounds(kind.items)}`;
    case 'tensor':
      return `a number or nested lists of numbers${bounds(kind.items)}`;
    case 'arguments':
      return `an object of ${Object.keys(kind.arguments).join(', ')}`;
    case 'loss':
      return 'a loss as its name or { class, args }';
  }
}

function bounds({ minimum, above, maximum, below }: NumberKind): string {
  const all = [
    minimum === undefined ? '' : ` >= ${minimum}`,
    above === undefined ? '' : ` > ${above}`,
    maximum === undefined ? '' : ` <= ${maximum}`,
    below === undefined ? '' : ` < ${below}`,
  ].filter((text) => text !== '');
  return all.join(' and');
}

/** Whether a value is an object with names. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
