import { difference, type Pair } from './differ.js';
import { type Condition, conditionNames, meets } from './domain.js';
import { drawn } from './draw.js';
import type { Input } from './input.js';
import type { Common } from './inputs-of-both.js';
import type { Random } from './random.js';

/** Of fewer inputs at hand nothing is concluded. */
const fewest = 3;

/** Conditions under which no difference was found, and in how many draws. */
export interface Restriction {
  readonly conditions: readonly Condition[];
  readonly draws: number;
}

/** An input and where the losses differ on it. */
export interface Judged {
  readonly input: Input;
  readonly differs: 'loss' | 'gradient' | undefined;
}

/**
 * The fewest conditions, at most three, under which two losses that differ were not found to: those
 * that rule out every difference among the inputs at hand, then tried on fresh ones.
 */
export function restrictionOf(
  pair: Pair,
  common: Common,
  judged: readonly Judged[],
  random: Random,
  fresh: number,
): Restriction | undefined {
  const free = conditionNames.filter((condition) => tells(condition, common));
  const met = judged.map(({ input, differs }) => ({
    differs,
    conditions: new Set(free.filter((condition) => meets(input, [condition]))),
  }));
  for (const wanted of subsets(free)) {
    const within = met.filter(({ conditions }) => wanted.every((one) => conditions.has(one)));
    if (within.length < fewest || within.some(({ differs }) => differs !== undefined)) continue;
    const draws = holdsOnFresh(pair, common, wanted, random, fresh);
    if (draws !== undefined) return { conditions: wanted, draws };
  }
  return undefined;
}

/** Whether a condition says something that both losses do not ask for anyway. */
function tells(condition: Condition, common: Common): boolean {
  if (common.declared.includes(condition)) return false;
  switch (condition) {
    case 'hard targets':
      return !common.declared.includes('one class per voxel');
    case 'predictions in (0, 1)':
    case 'predictions that sum to 1 over the channels':
      return common.prediction === 'probabilities';
    case 'nothing masked':
      return common.masks;
    case 'a mask of 0 and 1':
      return common.masks;
    case 'no ignored voxel':
      return common.ignores;
    case 'one channel':
      return common.channels.includes(1) && common.channels.length > 1;
    case 'two channels':
      return common.channels.includes(2) && common.channels.length > 1;
    default:
      return true;
  }
}

/** Sets of one, two and three conditions. */
function subsets(names: readonly Condition[]): readonly (readonly Condition[])[] {
  const grown = (sets: readonly (readonly Condition[])[]): readonly (readonly Condition[])[] =>
    sets.flatMap((set) =>
      names
        .slice(set.length === 0 ? 0 : names.indexOf(set.at(-1) ?? 'hard targets') + 1)
        .map((name) => [...set, name]),
    );
  const one = grown([[]]);
  const two = grown(one);
  return [...one, ...two, ...grown(two)];
}

/** In how many fresh draws no difference was found; undefined at the first one, or without draws. */
function holdsOnFresh(
  pair: Pair,
  common: Common,
  wanted: readonly Condition[],
  random: Random,
  fresh: number,
): number | undefined {
  let draws = 0;
  for (let at = 0; at < fresh; at++) {
    const input = drawn(random, common, wanted);
    if (input === undefined) continue;
    if (difference(pair, input) !== undefined) return undefined;
    draws += 1;
  }
  return draws < fresh / 2 ? undefined : draws;
}
