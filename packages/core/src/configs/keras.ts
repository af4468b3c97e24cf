import type { PeerContext } from '../peers/context.js';
import { shown } from '../schema/problem.js';
import { ConfigError, configError } from './config-error.js';
import type { ConfigLoss } from './config-loss.js';
import { configTree, entry, isTreeRecord, type Tree, type TreeRecord } from './config-tree.js';
import { targetClass } from './target-class.js';

/**
 * The loss that Keras serialised: the loss itself, a model's `config.json` with its `compile_config`, or
 * what `keras.losses.serialize` gave, in the old form `{ class_name, config }` or the new one with `module`
 * and `registered_name`.
 *
 * @throws ConfigError - where there is none, or it is a registered class of someone else.
 *
 * @example
 * ```ts
 * readKeras(
 *   { module: 'keras.losses', class_name: 'Dice', config: { axis: [1, 2] }, registered_name: null },
 *   { channels: 1, rank: 2 },
 * ).className;
 * // 'Dice'
 * ```
 */
export function readKeras(config: unknown, context: PeerContext): ConfigLoss {
  const root = configTree(config);
  const { tree, at } = lossOf(root);
  const { class_name: name, module, registered_name: registered } = tree;
  if (typeof name !== 'string') throw configError(at, 'a serialised loss', shown(tree));
  const home = typeof module === 'string' ? module : 'keras.losses';
  const found = targetClass(`${home}.${name}`, false);
  if (found?.library !== 'keras') {
    const fix = 'only losses of Keras itself are known';
    throw configError(`${at}.class_name`, "'Dice' | 'Tversky'", `${home}.${name}`, fix);
  }
  if (typeof registered === 'string' && !isOwnName(registered, name)) {
    const fix = 'a class registered by that name may be another loss';
    throw configError(`${at}.registered_name`, 'null', shown(registered), fix);
  }
  const given = tree['config'] ?? {};
  if (!isTreeRecord(given)) throw configError(`${at}.config`, 'an object', shown(given));
  const args = Object.fromEntries(
    Object.entries(given).map(([key, value]) => [key, argument(value, `${at}.config.${key}`)]),
  );
  return { library: 'keras', className: found.name, args, context, at, notes: [] };
}

/** Keras' own classes are registered by their name alone, with or without the package. */
function isOwnName(registered: string, name: string): boolean {
  return registered === name || registered === `keras>${name}`;
}

function lossOf(root: Tree): { readonly tree: TreeRecord; readonly at: string } {
  const places = [
    [root, 'config'],
    [entry(root, 'loss'), 'loss'],
    [entry(entry(root, 'compile_config'), 'loss'), 'compile_config.loss'],
  ] as const;
  const [, ...named] = places;
  const candidates = named.some(([tree]) => tree !== undefined) ? named : places;
  for (const [tree, at] of candidates) {
    if (tree === undefined) continue;
    if (isTreeRecord(tree) && Object.hasOwn(tree, 'class_name')) return { tree, at };
    throw configError(at, 'a serialised loss, { class_name, config }', shown(tree));
  }
  throw configError('config', 'a serialised loss, { class_name, config }', shown(root));
}

/** Tuples and dtype policies are serialised as objects of their own. */
function argument(value: Tree, path: string): unknown {
  if (!isTreeRecord(value)) return value;
  const { class_name: name, items, config } = value;
  if (name === '__tuple__' && Array.isArray(items)) return items;
  const policy = isTreeRecord(config) ? config['name'] : undefined;
  if ((name === 'DTypePolicy' || name === 'Policy') && typeof policy === 'string') return policy;
  throw new ConfigError([
    { path, expected: 'a value, a tuple or a dtype policy', received: shown(value) },
  ]);
}
