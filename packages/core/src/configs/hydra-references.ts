import { shown } from '../schema/problem.js';
import type { Value } from './component.js';
import { configError } from './config-error.js';
import type { Tree, TreeRecord } from './config-tree.js';
import { type Block, below, type Follow, referencedValue } from './references.js';

/** Keys of a block that are no arguments. */
const notArguments = ['_target_', '_args_', '_partial_', '_convert_', '_recursive_'];

const separator = '.';

/**
 * Follows the interpolations of a Hydra config that name a place: `${a.b}`, relative `${.b}`, `${a[0]}`.
 * Resolvers such as `${oc.env:HOME}` are refused by name.
 *
 * Source: OmegaConf 2.3, grammar of interpolations; Hydra 1.3, hydra.utils.instantiate.
 */
export function hydraValue(root: Tree, at: string): Value {
  const keys = at === '' ? [] : at.split(separator);
  const expected = 'an interpolation of what is there';
  return referencedValue(root, at, keys, { separator, expected, text, component });
}

function component(tree: TreeRecord, place: string, block: Block): Value {
  const args = block.entries(notArguments);
  const { _target_: target, _partial_: partial = false, _args_: listed = [] } = tree;
  if (typeof target !== 'string')
    throw configError(below(place, '_target_', separator), 'a class', shown(target));
  if (partial !== false) {
    const fix = 'a partial is a function, not a loss: give all arguments';
    throw configError(below(place, '_partial_', separator), 'false', shown(partial), fix);
  }
  const positional = block.value(listed, '_args_');
  if (positional.is !== 'list')
    throw configError(below(place, '_args_', separator), 'a list', shown(listed));
  return { is: 'component', at: place, args, target, positional: positional.items };
}

function text(written: string, place: string, follow: Follow): Value {
  if (written === '???') throw configError(place, 'a value', "'???', which is missing");
  if (!/\$\{/.test(written)) return { is: 'plain', value: written };
  const [, dots, path] = /^\$\{(\.*)([\w.[\]-]+)\}$/.exec(written) ?? [];
  if (dots === undefined || path === undefined) {
    const fix = 'resolvers and texts around interpolations are not evaluated: write the value';
    throw configError(place, 'an interpolation of one place', shown(written), fix);
  }
  const own = path.split(/\.|\[|\]/).filter((key) => key !== '');
  const home = place === '' ? [] : place.split(separator);
  const keys =
    dots === '' ? own : [...home.slice(0, Math.max(0, home.length - dots.length)), ...own];
  return follow(keys, shown(written));
}
