import { type Problem, shown } from '../schema/problem.js';
import type { PeerArgument } from './argument.js';
import { channelsAreLast, type PeerContext } from './context.js';
import type { PeerLibrary } from './library.js';
import type { ArgumentVersion } from './read-arguments.js';
import type { ContextField, Oddity, Situation } from './situation.js';

/** One import under way: its context, and what has been found so far. */
export interface Scene {
  readonly library: Pick<PeerLibrary, 'title' | 'versions' | 'layout'>;
  readonly context: PeerContext;
  readonly version: string;
  readonly problems: Problem[];
  readonly notes: string[];
}

/** What the importer of a class sees of a scene. */
export function situationOf(
  { library, context, version, problems, notes }: Scene,
  given: Readonly<Record<string, unknown>>,
  path: string,
  wrapped: Situation['wrapped'],
): Situation {
  const exact = (context.fidelity ?? 'exact') === 'exact';
  const rank = (name: string): number => library.versions.indexOf(name);
  const note = (text: string): void => {
    if (!notes.includes(text)) notes.push(text);
  };
  const refuse = (argument: string, expected: string, fix?: string): void => {
    const received = shown(valueAt(given, argument));
    problems.push({ path: path + argument, expected, received, ...(fix ? { fix } : {}) });
  };
  return {
    channels: context.channels,
    rank: context.rank,
    channelsLast: channelsAreLast(context.layout ?? library.layout),
    target: context.target,
    prediction: context.prediction,
    exact,
    mask: context.mask,
    samples: context.samples,
    voxels: context.voxels,
    levels: context.levels,
    since: (name) => rank(version) >= rank(name),
    note,
    refuse,
    refuseContext: (field: ContextField, expected: string, fix?: string): void => {
      const received = shown(context[field]);
      problems.push({ path: `context.${field}`, expected, received, ...(fix ? { fix } : {}) });
    },
    wrapped,
    odd: (argument: string, { peer, here, expected }: Oddity): void => {
      if (exact) {
        const fix = `${peer}, which no spec says; fidelity 'corrected' takes ${here}`;
        refuse(argument, expected, fix);
      } else {
        note(`${peer}. Corrected: ${here}.`);
      }
    },
  };
}

/** Which arguments the version of a scene has. */
export function versionOf({ library, version }: Scene): ArgumentVersion {
  const rank = (name: string): number => library.versions.indexOf(name);
  // What came after the last release is taken with it: the release itself would raise an error.
  const last = rank(version) === rank('main') - 1;
  const reached = last ? rank('main') : rank(version);
  return {
    title: `${library.title} ${version}`,
    has: ({ since, before }: PeerArgument) =>
      (since === undefined || reached >= rank(since)) &&
      (before === undefined || rank(version) < rank(before)),
  };
}

/** The value at a path of names, such as `soft_dice_kwargs.smooth`. */
function valueAt(given: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => {
    const found: unknown =
      typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
    return found;
  }, given);
}
