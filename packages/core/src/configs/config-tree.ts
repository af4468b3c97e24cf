import { parse } from 'yaml';
import { shown } from '../schema/problem.js';
import { configError } from './config-error.js';

/** JSON, as a config holds it. */
export type Tree = null | boolean | number | string | readonly Tree[] | TreeRecord;

/** An object of a config. */
export type TreeRecord = { readonly [key: string]: Tree };

const deepest = 40;
const largest = 200_000;

/**
 * The tree of a config: a parsed value, or the text of a JSON or YAML 1.1 file, as PyYAML reads it.
 * Of YAML only plain data: no custom tags, few aliases.
 *
 * @throws ConfigError - for text that is none, and for trees that are too deep or too large.
 */
export function configTree(config: unknown, name = 'config'): Tree {
  const value: unknown = typeof config === 'string' ? parsed(config, name) : config;
  let nodes = 0;
  const copied = (part: unknown, depth: number): Tree => {
    nodes += 1;
    if (depth > deepest) throw configError(name, `at most ${deepest} levels`, 'more');
    if (nodes > largest) throw configError(name, `at most ${largest} values`, 'more');
    if (part === null || typeof part === 'boolean' || typeof part === 'string') return part;
    if (typeof part === 'number') return part;
    if (Array.isArray(part)) return Array.from(part, (one) => copied(one, depth + 1));
    if (typeof part === 'object' && isPlain(part)) {
      // fromEntries defines a key named __proto__ like any other.
      return Object.fromEntries(
        Object.entries(part).map(([key, one]) => [key, copied(one, depth + 1)]),
      );
    }
    if (part === undefined) return null;
    throw configError(name, 'JSON values', shown(part));
  };
  return copied(value, 0);
}

function parsed(text: string, name: string): unknown {
  try {
    return parse(text, { version: '1.1', maxAliasCount: 100, logLevel: 'error' });
  } catch (error) {
    const [received = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw configError(name, 'JSON or YAML', received);
  }
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Whether a tree is an object. */
export function isTreeRecord(tree: Tree | undefined): tree is TreeRecord {
  return typeof tree === 'object' && tree !== null && !Array.isArray(tree);
}

/** The entry of an object or list, its own alone; undefined where there is none. */
export function entry(tree: Tree | undefined, key: string): Tree | undefined {
  if (Array.isArray(tree)) return /^\d+$/.test(key) ? tree[Number(key)] : undefined;
  return isTreeRecord(tree) && Object.hasOwn(tree, key) ? tree[key] : undefined;
}

/** The value at a list of keys. */
export function valueAt(tree: Tree, keys: readonly string[]): Tree | undefined {
  return keys.reduce<Tree | undefined>(entry, tree);
}
