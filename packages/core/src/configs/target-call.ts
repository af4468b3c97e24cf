import type { PeerArgument } from '../peers/argument.js';
import type { PeerClass } from '../peers/peer-class.js';
import { shown } from '../schema/problem.js';
import { type Component, jsonOf, type Value } from './component.js';
import { configError } from './config-error.js';
import { targetClass } from './target-class.js';

/** A class of a library with its arguments as an importer takes them. */
export interface TargetCall {
  readonly class: PeerClass;
  readonly args: Readonly<Record<string, unknown>>;
}

/**
 * The call that a component of a config is.
 *
 * @param short - See {@link targetClass}.
 * @throws ConfigError - where its class is of no known library, or an argument is another object.
 */
export function targetCall(component: Component, short: boolean): TargetCall {
  const { target, at, positional, args } = component;
  const found = targetClass(target, short);
  if (found === undefined) {
    const expected = 'a loss of MONAI, nnU-Net, segmentation_models.pytorch or Keras';
    throw configError(at, expected, shown(target));
  }
  const names = Object.keys(found.arguments);
  if (positional.length > names.length) {
    throw configError(at, `at most ${names.length} arguments`, String(positional.length));
  }
  const given = [
    ...positional.map((value, place): readonly [string, Value] => [names[place] ?? '', value]),
    ...Object.entries(args),
  ];
  return {
    class: found,
    args: Object.fromEntries(
      given.map(([name, value]) => {
        const own = Object.hasOwn(found.arguments, name) ? found.arguments[name] : undefined;
        return [name, argumentOf(value, own, `${at}: ${name}`, short)];
      }),
    ),
  };
}

function argumentOf(
  value: Value,
  argument: PeerArgument | undefined,
  path: string,
  short: boolean,
): unknown {
  const kind = argument?.kind;
  if (kind?.type === 'loss' && value.is === 'component') {
    const { class: of, args } = targetCall(value, short);
    return { class: of.name, args };
  }
  if (kind?.type === 'arguments' && value.is === 'record') {
    return Object.fromEntries(
      Object.entries(value.entries).map(([name, one]) => {
        const own = Object.hasOwn(kind.arguments, name) ? kind.arguments[name] : undefined;
        return [name, argumentOf(one, own, `${path}.${name}`, short)];
      }),
    );
  }
  const json = jsonOf(value);
  if (json === undefined || refersToComponent(value)) {
    const made = value.is === 'component' ? value.target : 'a list with objects';
    throw configError(path, 'a value', made, 'objects of other classes are never made');
  }
  // A class given by its path is the word that the importer knows.
  return kind?.type === 'word' && typeof json === 'string'
    ? (json.split('.').at(-1) ?? json)
    : json;
}

/** Whether somewhere within a list or record an object is made that is no value. */
function refersToComponent(value: Value): boolean {
  if (value.is === 'list') return value.items.some(refersToComponent);
  if (value.is === 'record') return Object.values(value.entries).some(refersToComponent);
  return value.is === 'component' && jsonOf(value) === undefined;
}
