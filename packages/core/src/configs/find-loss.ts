import { configError } from './config-error.js';
import { isTreeRecord, type Tree } from './config-tree.js';
import { targetClass } from './target-class.js';

/**
 * Where the only loss of a config stands, found by its class.
 *
 * @param separator - Between the keys of a place.
 * @throws ConfigError - where there is none, or several.
 */
export function findLoss(root: Tree, separator: string, short: boolean): string {
  const found: string[] = [];
  const search = (tree: Tree, place: readonly string[]): void => {
    if (Array.isArray(tree)) {
      for (const [at, one] of tree.entries()) search(one, [...place, `${at}`]);
    } else if (isTreeRecord(tree)) {
      const { _target_: target } = tree;
      // What a loss wraps is not another loss of the config.
      if (typeof target === 'string' && targetClass(target, short) !== undefined) {
        found.push(place.join(separator));
      } else for (const [key, one] of Object.entries(tree)) search(one, [...place, key]);
    }
  };
  search(root, []);
  const [only, ...others] = found;
  if (only === undefined) {
    throw configError('config', 'a _target_ of a known loss', 'none', "give its place, 'at'");
  }
  if (others.length > 0) {
    throw configError('config', 'one loss', found.join(', '), "say which, by its place, 'at'");
  }
  return only;
}
