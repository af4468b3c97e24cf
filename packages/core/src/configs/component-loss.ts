import type { PeerContext } from '../peers/context.js';
import { shown } from '../schema/problem.js';
import type { Value } from './component.js';
import { ConfigError, configError } from './config-error.js';
import type { ConfigLoss, ConfigOptions } from './config-loss.js';
import type { Tree } from './config-tree.js';
import { findLoss } from './find-loss.js';
import { networkFacts } from './network-facts.js';
import { targetCall } from './target-call.js';

/** How a kind of config refers to its own parts. */
export interface ComponentConfig {
  readonly separator: string;
  /** Whether classes of MONAI go by their names alone. */
  readonly short: boolean;
  /** The value at a place, references followed. */
  readonly value: (root: Tree, at: string) => Value;
}

/** The loss of a config of components, with what its network says about channels and axes. */
export function componentLoss(
  root: Tree,
  { at, context = {} }: ConfigOptions,
  { separator, short, value }: ComponentConfig,
): ConfigLoss {
  const place = at ?? findLoss(root, separator, short);
  const component = value(root, place);
  if (component.is !== 'component') {
    throw configError(place, 'a loss with a _target_', shown(component));
  }
  const call = targetCall(component, short);
  const facts = networkFacts(root, (_, keys) => {
    const found = attempted(() => value(root, keys.join(separator)));
    return found?.is === 'plain' ? found.value : undefined;
  });
  return {
    library: call.class.library,
    className: call.class.name,
    args: call.args,
    context: completeContext({ ...facts, ...context }),
    at: component.at,
    notes: (['channels', 'rank'] as const).flatMap((name) =>
      context[name] === undefined && facts[name] !== undefined
        ? [`context.${name} is that of the network of the config`]
        : [],
    ),
  };
}

function completeContext(context: Partial<PeerContext>): PeerContext {
  const { channels, rank } = context;
  const problems = Object.entries({ channels, rank }).flatMap(([name, given]) =>
    given === undefined
      ? [
          {
            path: `context.${name}`,
            expected: 'a number, of a network in the config or given',
            received: 'nothing',
          },
        ]
      : [],
  );
  if (channels === undefined || rank === undefined) throw new ConfigError(problems);
  return { ...context, channels, rank };
}

/** What a network's own reference leads to does not matter to the loss where it cannot be read. */
function attempted<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}
