import { type Problem, shown } from './problem.js';
import type { Complete, Fields, Schema, VariantSchema } from './schema.js';

/** Why words that many would try are refused: as values, and as fields of what is at a path. */
export interface Advice {
  readonly word: (word: unknown) => string | undefined;
  readonly field: (field: string, path: string) => string | undefined;
}

const none: Advice = { word: () => undefined, field: () => undefined };

/** Reads a value by its schema: fills the defaults and reports every violation to `problems`. */
export function parse<S extends Schema>(
  schema: S,
  value: unknown,
  path: string,
  problems: Problem[],
  advice: Advice = none,
): Complete<S> {
  return read(schema, value, path, { problems, advice }) as Complete<S>;
}

/** Where problems go, and what is said to them. */
interface Report {
  readonly problems: Problem[];
  readonly advice: Advice;
}

function read(schema: Schema, value: unknown, path: string, report: Report): unknown {
  const { problems, advice } = report;
  const given = value === undefined && 'default' in schema ? schema.default : value;
  const invalid = (expected: string, fix?: string): undefined => {
    problems.push({
      path,
      expected,
      received: shown(given),
      ...(fix === undefined ? {} : { fix }),
    });
  };
  switch (schema.type) {
    case 'number':
    case 'integer': {
      const fits =
        typeof given === 'number' &&
        Number.isFinite(given) &&
        (schema.type === 'number' || Number.isSafeInteger(given)) &&
        given >= (schema.minimum ?? Number.NEGATIVE_INFINITY) &&
        given > (schema.above ?? Number.NEGATIVE_INFINITY) &&
        given <= (schema.maximum ?? Number.POSITIVE_INFINITY);
      return fits ? given : invalid(expectedNumber(schema));
    }
    case 'text':
      return typeof given === 'string' && given.trim() !== '' ? given : invalid('a non-empty text');
    case 'choice':
      if (typeof given === 'string' && schema.words.includes(given)) return given;
      return invalid(words(schema.words), advice.word(given));
    case 'list':
      if (!Array.isArray(given) || given.length === 0) return invalid('a non-empty list');
      // Unlike map, this also reads what a sparse list leaves out.
      return Array.from(given, (item, at) => read(schema.items, item, `${path}[${at}]`, report));
    case 'record':
      if (!isRecord(given)) return invalid('an object');
      return readFields(schema, {}, given, path, report);
    case 'tagged': {
      const object = typeof given === 'string' ? { kind: given } : given;
      const kind = isRecord(object) ? object['kind'] : undefined;
      const variants = schema.variants;
      const variant =
        typeof kind === 'string' && Object.hasOwn(variants, kind) ? variants[kind] : undefined;
      if (variant === undefined) {
        return invalid(
          `${words(Object.keys(variants))}, as a word or as { kind }`,
          advice.word(kind),
        );
      }
      return readFields(variant, { kind }, object as Record<string, unknown>, path, report);
    }
  }
}

function readFields(
  schema: VariantSchema,
  tag: Readonly<Record<string, unknown>>,
  given: Readonly<Record<string, unknown>>,
  path: string,
  report: Report,
): unknown {
  const { problems, advice } = report;
  const optional: Fields = schema.optional ?? {};
  const known = [...Object.keys(tag), ...Object.keys(schema.fields), ...Object.keys(optional)];
  const at = (key: string): string => (path === '' ? key : `${path}.${key}`);
  for (const key of Object.keys(given)) {
    if (!known.includes(key) && given[key] !== undefined) {
      const expected = `only ${words(known)}`;
      const fix = advice.field(key, path) ?? 'remove it';
      problems.push({ path: at(key), expected, received: shown(given[key]), fix });
    }
  }
  const result: Record<string, unknown> = { ...tag };
  for (const [key, field] of Object.entries(schema.fields)) {
    result[key] = read(field, given[key], at(key), report);
  }
  for (const [key, field] of Object.entries(optional)) {
    if (given[key] !== undefined) result[key] = read(field, given[key], at(key), report);
  }
  return result;
}

function expectedNumber(schema: Extract<Schema, { type: 'number' | 'integer' }>): string {
  const bounds = [
    schema.minimum === undefined ? '' : ` >= ${schema.minimum}`,
    schema.above === undefined ? '' : ` > ${schema.above}`,
    schema.maximum === undefined ? '' : ` <= ${schema.maximum}`,
  ].filter((bound) => bound !== '');
  return `${schema.type === 'integer' ? 'an integer' : 'a finite number'}${bounds.join(' and')}`;
}

function words(list: readonly string[]): string {
  return list.map((word) => `'${word}'`).join(' | ');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
