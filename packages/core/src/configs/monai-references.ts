import { shown } from '../schema/problem.js';
import type { Value } from './component.js';
import { configError } from './config-error.js';
import { isTreeRecord, type Tree, valueAt } from './config-tree.js';
import { pythonLiteral } from './python-literal.js';

/** Values that references may add up to, so that lists of references to lists cannot explode. */
const most = 20_000;

/** References that lead from one to the next. */
const longest = 20;

/** Keys of a block that are no arguments. */
const notArguments = ['_target_', '_disabled_', '_requires_', '_desc_', '_mode_'];

/**
 * Follows the references of a MONAI bundle: `@id`, relative `@#id`, macros `%id`, both separators.
 *
 * Source: MONAI 1.5.0, monai/bundle/reference_resolver.py, config_parser.py.
 */
export function monaiValue(root: Tree, at: string): Value {
  let count = 0;
  const read = (tree: Tree, place: string, trail: readonly string[]): Value => {
    count += 1;
    if (count > most) throw configError(place, `references to at most ${most} values`, 'more');
    if (typeof tree === 'string') return readText(tree, place, trail);
    if (tree === null || typeof tree !== 'object') return { is: 'plain', value: tree };
    if (!isTreeRecord(tree)) {
      return {
        is: 'list',
        items: tree.map((one, key) => read(one, below(place, `${key}`), trail)),
      };
    }
    if (!Object.hasOwn(tree, '_target_'))
      return { is: 'record', entries: entriesOf(tree, place, trail) };
    return component(tree, place, trail);
  };
  const entriesOf = (
    tree: { readonly [key: string]: Tree },
    place: string,
    trail: readonly string[],
    without: readonly string[] = [],
  ): Readonly<Record<string, Value>> =>
    Object.fromEntries(
      Object.entries(tree)
        .filter(([key]) => !without.includes(key))
        .map(([key, one]) => [key, read(one, below(place, key), trail)]),
    );
  const component = (
    tree: { readonly [key: string]: Tree },
    place: string,
    trail: readonly string[],
  ): Value => {
    const { _target_: target, _mode_: mode, _disabled_: disabled } = tree;
    if (typeof target !== 'string')
      throw configError(below(place, '_target_'), 'a class', shown(target));
    if (mode !== undefined && mode !== 'default') {
      const fix = 'it makes a function, not a loss';
      throw configError(below(place, '_mode_'), "'default'", shown(mode), fix);
    }
    if (disabled === true || String(disabled).trim().toLowerCase() === 'true') {
      throw configError(below(place, '_disabled_'), 'a component that is used', 'true');
    }
    const args = entriesOf(tree, place, trail, notArguments);
    return { is: 'component', at: place, target, args, positional: [] };
  };
  const readText = (text: string, place: string, trail: readonly string[]): Value => {
    const resolve = (reference: string): Value => follow(reference, place, trail);
    if (text.startsWith('$')) {
      const value = pythonLiteral(text.slice(1), resolve);
      if (value !== undefined) return value;
      const fix = 'expressions are never evaluated: write the value instead';
      throw configError(place, 'a value or a reference', shown(text), fix);
    }
    if (text.startsWith('@')) return resolve(text);
    if (!text.startsWith('%')) return { is: 'plain', value: text };
    if (/\.(json|ya?ml)/i.test(text)) {
      throw configError(place, 'a reference within the file', shown(text), 'merge the files first');
    }
    return resolve(`@${text.slice(1)}`);
  };
  const follow = (reference: string, place: string, trail: readonly string[]): Value => {
    const keys = keysOf(reference, place);
    const to = keys.join('::');
    if (trail.includes(to)) {
      throw configError(place, 'references without a circle', [...trail, to].join(' -> '));
    }
    if (trail.length > longest) {
      throw configError(place, `a chain of at most ${longest} references`, 'more');
    }
    const tree = valueAt(root, keys);
    if (tree === undefined)
      throw configError(place, 'a reference to what is there', shown(reference));
    return read(tree, to, [...trail, to]);
  };
  const keys = at === '' ? [] : at.split(/::|#/);
  const tree = valueAt(root, keys);
  if (tree === undefined) throw configError(at, 'a place in the config', 'nothing there');
  return read(tree, keys.join('::'), [keys.join('::')]);
}

/** The keys of `@a::b`, or of `@#b` and `@##b`, which count from the place they stand at. */
function keysOf(reference: string, place: string): readonly string[] {
  const [, hashes = '', path = ''] = /^@((?:::|#)*)(.*)$/s.exec(reference) ?? [];
  const ups = hashes.replaceAll('::', '#').length;
  const own = path === '' ? [] : path.split(/::|#/);
  if (ups === 0) return own;
  const home = place === '' ? [] : place.split('::');
  return [...home.slice(0, Math.max(0, home.length - ups)), ...own];
}

function below(place: string, key: string): string {
  return place === '' ? key : `${place}::${key}`;
}
