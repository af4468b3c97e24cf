import { shown } from '../schema/problem.js';
import type { Value } from './component.js';
import { configError } from './config-error.js';
import type { Tree, TreeRecord } from './config-tree.js';
import { pythonLiteral } from './python-literal.js';
import { type Block, below, type Follow, referencedValue } from './references.js';

/** Keys of a block that are no arguments. */
const notArguments = ['_target_', '_disabled_', '_requires_', '_desc_', '_mode_'];

const separator = '::';

/**
 * Follows the references of a MONAI bundle: `@id`, relative `@#id`, macros `%id`, both separators.
 *
 * Source: MONAI 1.5.0, monai/bundle/reference_resolver.py, config_parser.py.
 */
export function monaiValue(root: Tree, at: string): Value {
  const keys = at === '' ? [] : at.split(/::|#/);
  const expected = 'a reference to what is there';
  return referencedValue(root, at, keys, { separator, expected, text, component });
}

function component(tree: TreeRecord, place: string, block: Block): Value {
  const { _target_: target, _mode_: mode, _disabled_: disabled } = tree;
  if (typeof target !== 'string')
    throw configError(below(place, '_target_', separator), 'a class', shown(target));
  if (mode !== undefined && mode !== 'default') {
    const fix = 'it makes a function, not a loss';
    throw configError(below(place, '_mode_', separator), "'default'", shown(mode), fix);
  }
  if (disabled === true || String(disabled).trim().toLowerCase() === 'true') {
    const expected = 'a component that is used';
    throw configError(below(place, '_disabled_', separator), expected, 'true');
  }
  const args = block.entries(notArguments);
  return { is: 'component', at: place, target, args, positional: [] };
}

function text(written: string, place: string, follow: Follow): Value {
  const resolve = (reference: string): Value => follow(keysOf(reference, place), shown(reference));
  if (written.startsWith('$')) {
    const value = pythonLiteral(written.slice(1), resolve);
    if (value !== undefined) return value;
    const fix = 'expressions are never evaluated: write the value instead';
    throw configError(place, 'a value or a reference', shown(written), fix);
  }
  if (written.startsWith('@')) return resolve(written);
  if (!written.startsWith('%')) return { is: 'plain', value: written };
  if (/\.(json|ya?ml)/i.test(written)) {
    const fix = 'merge the files first';
    throw configError(place, 'a reference within the file', shown(written), fix);
  }
  return resolve(`@${written.slice(1)}`);
}

/** The keys of `@a::b`, or of `@#b` and `@##b`, which count from the place they stand at. */
function keysOf(reference: string, place: string): readonly string[] {
  const [, hashes = '', path = ''] = /^@((?:::|#)*)(.*)$/s.exec(reference) ?? [];
  const ups = hashes.replaceAll('::', '#').length;
  const own = path === '' ? [] : path.split(/::|#/);
  if (ups === 0) return own;
  const home = place === '' ? [] : place.split(separator);
  return [...home.slice(0, Math.max(0, home.length - ups)), ...own];
}
