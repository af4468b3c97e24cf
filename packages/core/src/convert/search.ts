import type { ArgumentTable } from '../peers/argument.js';
import type { Candidate } from './candidates.js';

/** Arguments by their places, those that differ from the defaults. */
export type Flat = ReadonlyMap<string, unknown>;

/** How far arguments are from what is wanted; Infinity where they are refused. */
export type Measure = (args: Flat) => number;

interface Found {
  readonly args: Flat;
  readonly distance: number;
}

/**
 * Arguments at distance 0, or the nearest that were found. The form comes first, one word or flag at a
 * time; then numbers and lists.
 *
 * @param paired - Whether two words or flags are changed at once where one does not help.
 */
export function nearest(candidates: readonly Candidate[], measure: Measure, paired: boolean): Flat {
  const memory = new Map<string, number>();
  const remembered: Measure = (args) => {
    const key = JSON.stringify([...args].toSorted(([a], [b]) => (a < b ? -1 : 1)));
    const known = memory.get(key) ?? measure(args);
    memory.set(key, known);
    return known;
  };
  const forms = candidates.filter(({ form }) => form);
  const numbers = candidates.filter(({ form }) => !form);
  // Something must be given where the peer has no default.
  const start = new Map(
    numbers.flatMap(({ path, required, likely: [first] }): [string, unknown][] =>
      required && first !== undefined ? [[path, first]] : [],
    ),
  );
  let best: Found = { args: start, distance: remembered(start) };
  for (let round = 0; round < 3 && best.distance > 0; round++) {
    const before = best.distance;
    best = settled(best, forms, remembered, paired);
    best = settled(best, numbers, remembered, false);
    if (best.distance === before) break;
  }
  return best.args;
}

/** Changes candidates in turn until none helps, then two at once where that is wanted. */
function settled(
  start: Found,
  candidates: readonly Candidate[],
  measure: Measure,
  paired: boolean,
): Found {
  let best = start;
  for (let sweep = 0; sweep < 6 && best.distance > 0; sweep++) {
    const before = best.distance;
    for (const candidate of candidates) best = improved(best, candidate, measure);
    if (best.distance < before) continue;
    if (!paired) return best;
    best = pairs(best, candidates, measure);
    if (best.distance === before) return best;
  }
  return best;
}

/** The best value of one argument; derived values only where no likely one helps. */
function improved(best: Found, { path, likely, derived }: Candidate, measure: Measure): Found {
  const tried = (values: readonly unknown[]): Found =>
    values.reduce<Found>((least, value) => {
      if (least.distance === 0) return least;
      const args = new Map([...best.args, [path, value]]);
      const distance = measure(args);
      return distance < least.distance ? { args, distance } : least;
    }, best);
  const without = new Map([...best.args].filter(([name]) => name !== path));
  const left = best.args.has(path) ? { args: without, distance: measure(without) } : best;
  const found = tried(likely);
  const least = left.distance < found.distance ? left : found;
  return least.distance < best.distance ? least : tried(derived);
}

/** The best change of two arguments at once. */
function pairs(best: Found, candidates: readonly Candidate[], measure: Measure): Found {
  const changes = candidates.flatMap(({ path, likely }) =>
    likely.map((value) => ({ path, value })),
  );
  let found = best;
  for (const [at, one] of changes.entries()) {
    for (const two of changes.slice(at + 1)) {
      if (one.path === two.path) continue;
      const args = new Map([...best.args, [one.path, one.value], [two.path, two.value]]);
      const distance = measure(args);
      if (distance < found.distance) found = { args, distance };
    }
  }
  return found;
}

/** The arguments as an importer takes them: parts as objects, every part that must be there. */
export function nestedArguments(
  args: Flat,
  table: ArgumentTable,
): Readonly<Record<string, unknown>> {
  const result: Record<string, unknown> = {};
  for (const [name, { kind }] of Object.entries(table)) {
    if (kind.type === 'arguments') {
      const prefix = `${name}.`;
      const inner = new Map(
        [...args].flatMap(([path, value]): [string, unknown][] =>
          path.startsWith(prefix) ? [[path.slice(prefix.length), value]] : [],
        ),
      );
      result[name] = nestedArguments(inner, kind.arguments);
    } else if (args.has(name)) result[name] = args.get(name);
  }
  return result;
}
