import { shown } from '../schema/problem.js';
import type { Value } from './component.js';
import { configError } from './config-error.js';
import { isTreeRecord, type Tree, type TreeRecord, valueAt } from './config-tree.js';

/** Values that references may add up to, so that lists of references to lists cannot explode. */
const most = 20_000;

/** References that lead from one to the next. */
const longest = 20;

/** Keys of a block that are no arguments. */
const notArguments = ['_target_', '_args_', '_partial_', '_convert_', '_recursive_'];

/**
 * Follows the interpolations of a Hydra config that name a place: `${a.b}`, relative `${.b}`, `${a[0]}`.
 * Resolvers such as `${oc.env:HOME}` are refused by name.
 *
 * Source: OmegaConf 2.3, grammar of interpolations; Hydra 1.3, hydra.utils.instantiate.
 */
export function hydraValue(root: Tree, at: string): Value {
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
    const entries = Object.fromEntries(
      Object.entries(tree)
        .filter(([key]) => !Object.hasOwn(tree, '_target_') || !notArguments.includes(key))
        .map(([key, one]) => [key, read(one, below(place, key), trail)]),
    );
    if (!Object.hasOwn(tree, '_target_')) return { is: 'record', entries };
    return { is: 'component', at: place, args: entries, ...called(tree, place, trail) };
  };
  const called = (
    tree: TreeRecord,
    place: string,
    trail: readonly string[],
  ): { readonly target: string; readonly positional: readonly Value[] } => {
    const { _target_: target, _partial_: partial = false, _args_: listed = [] } = tree;
    if (typeof target !== 'string')
      throw configError(below(place, '_target_'), 'a class', shown(target));
    if (partial !== false) {
      const fix = 'a partial is a function, not a loss: give all arguments';
      throw configError(below(place, '_partial_'), 'false', shown(partial), fix);
    }
    const positional = read(listed, below(place, '_args_'), trail);
    if (positional.is !== 'list')
      throw configError(below(place, '_args_'), 'a list', shown(listed));
    return { target, positional: positional.items };
  };
  const readText = (text: string, place: string, trail: readonly string[]): Value => {
    if (text === '???') throw configError(place, 'a value', "'???', which is missing");
    if (!/\$\{/.test(text)) return { is: 'plain', value: text };
    const [, dots, path] = /^\$\{(\.*)([\w.[\]-]+)\}$/.exec(text) ?? [];
    if (dots === undefined || path === undefined) {
      const fix = 'resolvers and texts around interpolations are not evaluated: write the value';
      throw configError(place, 'an interpolation of one place', shown(text), fix);
    }
    const own = path.split(/\.|\[|\]/).filter((key) => key !== '');
    const home = place === '' ? [] : place.split('.');
    const keys =
      dots === '' ? own : [...home.slice(0, Math.max(0, home.length - dots.length)), ...own];
    const to = keys.join('.');
    if (trail.includes(to)) {
      throw configError(place, 'references without a circle', [...trail, to].join(' -> '));
    }
    if (trail.length > longest) {
      throw configError(place, `a chain of at most ${longest} references`, 'more');
    }
    const tree = valueAt(root, keys);
    if (tree === undefined)
      throw configError(place, 'an interpolation of what is there', shown(text));
    return read(tree, to, [...trail, to]);
  };
  const keys = at === '' ? [] : at.split('.');
  const tree = valueAt(root, keys);
  if (tree === undefined) throw configError(at, 'a place in the config', 'nothing there');
  return read(tree, at, [at]);
}

function below(place: string, key: string): string {
  return place === '' ? key : `${place}.${key}`;
}
