import type { Value } from './component.js';
import { configError } from './config-error.js';
import { isTreeRecord, type Tree, type TreeRecord, valueAt } from './config-tree.js';

/** Values that references may add up to, so that lists of references to lists cannot explode. */
const most = 20_000;

/** References that lead from one to the next. */
const longest = 20;

/** What stands at a place, given by its keys; `written` is how the config says it. */
export type Follow = (keys: readonly string[], written: string) => Value;

/** Reads what stands in a block. */
export interface Block {
  /** Its values but for those of some keys. */
  readonly entries: (without: readonly string[]) => Readonly<Record<string, Value>>;
  /** A value as if it stood under a key. */
  readonly value: (tree: Tree, key: string) => Value;
}

/** How a kind of config writes references and components. */
export interface ReferenceSyntax {
  /** What stands between the keys of a place. */
  readonly separator: string;
  /** What is expected of a reference that leads to nothing. */
  readonly expected: string;
  readonly text: (text: string, place: string, follow: Follow) => Value;
  /** What a block with a `_target_` is. */
  readonly component: (tree: TreeRecord, place: string, block: Block) => Value;
}

/**
 * The value at a place of a config, its references followed; circles, long chains and explosions are refused.
 *
 * @param at - The place as it is written, its keys beside it.
 */
export function referencedValue(
  root: Tree,
  at: string,
  keys: readonly string[],
  { separator, expected, text, component }: ReferenceSyntax,
): Value {
  let count = 0;
  const read = (tree: Tree, place: string, trail: readonly string[]): Value => {
    count += 1;
    if (count > most) throw configError(place, `references to at most ${most} values`, 'more');
    if (typeof tree === 'string') return text(tree, place, following(place, trail));
    if (tree === null || typeof tree !== 'object') return { is: 'plain', value: tree };
    const value = (one: Tree, key: string): Value => read(one, below(place, key, separator), trail);
    if (!isTreeRecord(tree)) {
      return { is: 'list', items: tree.map((one, key) => value(one, `${key}`)) };
    }
    const entries = (without: readonly string[]): Readonly<Record<string, Value>> =>
      Object.fromEntries(
        Object.entries(tree)
          .filter(([key]) => !without.includes(key))
          .map(([key, one]) => [key, value(one, key)]),
      );
    return Object.hasOwn(tree, '_target_')
      ? component(tree, place, { entries, value })
      : { is: 'record', entries: entries([]) };
  };
  const following =
    (place: string, trail: readonly string[]): Follow =>
    (keys, written) => {
      const to = keys.join(separator);
      if (trail.includes(to)) {
        throw configError(place, 'references without a circle', [...trail, to].join(' -> '));
      }
      if (trail.length > longest) {
        throw configError(place, `a chain of at most ${longest} references`, 'more');
      }
      const tree = valueAt(root, keys);
      if (tree === undefined) throw configError(place, expected, written);
      return read(tree, to, [...trail, to]);
    };
  const tree = valueAt(root, keys);
  if (tree === undefined) throw configError(at, 'a place in the config', 'nothing there');
  const place = keys.join(separator);
  return read(tree, place, [place]);
}

/** The place of a key within another place. */
export function below(place: string, key: string, separator: string): string {
  return place === '' ? key : `${place}${separator}${key}`;
}
