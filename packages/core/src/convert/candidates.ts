import type { ArgumentKind, ArgumentTable } from '../peers/argument.js';
import type { PeerContext } from '../peers/context.js';
import type { Plan } from '../plan/plan.js';

/** Values that an argument may have for a spec to come out. */
export interface Candidate {
  /** The place of the argument, such as `soft_dice_kwargs.smooth`. */
  readonly path: string;
  /** Whether it is a word or a flag, by which the loss has another form, rather than a number. */
  readonly form: boolean;
  /** Whether the peer has no default. */
  readonly required: boolean;
  /** Values worth trying first, and those that only some importers need. */
  readonly likely: readonly unknown[];
  readonly derived: readonly unknown[];
}

/** The values worth trying for each argument: those of its kind, with the numbers of the plan. */
export function candidatesOf(
  table: ArgumentTable,
  plan: Plan,
  context: PeerContext,
): readonly Candidate[] {
  const pool = poolOf(plan, context);
  const visit = (arguments_: ArgumentTable, before: string): readonly Candidate[] =>
    Object.entries(arguments_).flatMap(([name, argument]): readonly Candidate[] => {
      const path = before === '' ? name : `${before}.${name}`;
      const { kind, use, none, default: own } = argument;
      if (kind.type === 'arguments') return visit(kind.arguments, path);
      const required = own === undefined;
      if (!required && (use === 'refused' || use === 'no effect')) return [];
      const tried = (values: readonly unknown[]): readonly unknown[] =>
        values.filter((value) => value !== own);
      const form = ['flag', 'word', 'callable'].includes(kind.type);
      const likely = tried([...(none === true ? [null] : []), ...valuesOf(kind, pool.own)]);
      return [
        { path, form, required, likely, derived: form ? [] : tried(valuesOf(kind, pool.derived)) },
      ];
    });
  return visit(table, '');
}

interface Pool {
  readonly numbers: readonly number[];
  readonly lists: readonly (readonly number[])[];
  readonly matrices: readonly unknown[];
  readonly columns: readonly unknown[];
}

/** Numbers and lists of a plan, and apart from them what importers make of an argument undone. */
function poolOf(
  plan: Plan,
  { channels, rank }: PeerContext,
): { readonly own: Pool; readonly derived: Pool } {
  const numbers = new Set<number>([0, 1, 2]);
  const lists: (readonly number[])[] = [];
  const matrices: unknown[] = [];
  const visit = (value: unknown): void => {
    if (typeof value === 'number') numbers.add(value);
    if (Array.isArray(value)) {
      if (value.every((one) => typeof one === 'number')) lists.push(value);
      else if (value.every((one) => Array.isArray(one))) matrices.push(value);
    }
    if (typeof value === 'object' && value !== null) Object.values(value).forEach(visit);
  };
  visit(plan);
  const derived = [...numbers, ...weightShares(plan)].flatMap((x) => [
    x,
    x * 2,
    x / 2,
    tidied(1 - x),
    1 - x,
    x * channels,
    x / channels,
    ...(x === 0 ? [] : [1 / x, tidied(100 / x)]),
  ]);
  const placed = [...spreadLists(plan, channels), positives(plan), ...axes(rank)];
  const columns = [...lists, positives(plan)].filter((list) => list.length > 0);
  return {
    own: { numbers: [...numbers], lists, matrices, columns: [] },
    derived: {
      numbers: [...new Set(derived)].filter((x) => Number.isFinite(x) && !numbers.has(x)),
      lists: placed.filter((list) => list.length > 0),
      matrices: [],
      columns: columns.map((list) => list.map((one) => nested(one, rank))),
    },
  };
}

/** Sums of the weights of terms and their shares: a loss of parts may say one and the other. */
function weightShares({ terms }: Plan): readonly number[] {
  const weights = terms.map(({ weight }) => weight);
  const pairs = weights.flatMap((one, at) =>
    weights.slice(at + 1).flatMap((other) => {
      const sum = one + other;
      return sum === 0 ? [] : [tidied(sum), tidied(one / sum), tidied(other / sum)];
    }),
  );
  return [...pairs, tidied(weights.reduce((sum, weight) => sum + weight, 0))];
}

/** Weights of listed classes at their channels, 1 elsewhere. */
function spreadLists(plan: Plan, channels: number): readonly (readonly number[])[] {
  return plan.terms.flatMap((term) => {
    if (!('weights' in term) || !('classes' in term) || term.weights.kind !== 'given') return [];
    const { values } = term.weights;
    const { classes } = term;
    const scored =
      classes.kind === 'list'
        ? classes.channels
        : classes.kind === 'foreground'
          ? values.map((_, at) => at + 1)
          : [];
    return [Array.from({ length: channels }, (_, channel) => values[scored.indexOf(channel)] ?? 1)];
  });
}

/** Factors of the classes, where each has a cross-entropy of its own. */
function positives({ terms }: Plan): readonly number[] {
  return terms.flatMap((term) => (term.kind === 'cross-entropy' ? [term.positive] : []));
}

/** Axes that a score can be of: spatial ones, with the samples or the channels, of either layout. */
function axes(rank: number): readonly (readonly number[])[] {
  const from = (first: number, count: number): readonly number[] =>
    Array.from({ length: count }, (_, at) => at + first);
  const last = [from(1, rank), from(1, rank + 1), from(0, rank + 1)];
  return [...last, from(2, rank), [0, ...from(2, rank)]];
}

function nested(value: number, depth: number): unknown {
  return depth === 0 ? value : [nested(value, depth - 1)];
}

function tidied(value: number): number {
  return Number(value.toPrecision(12));
}

function valuesOf(kind: ArgumentKind, pool: Pool): readonly unknown[] {
  switch (kind.type) {
    case 'flag':
      return [true, false];
    case 'word':
      return kind.words;
    case 'number':
      return pool.numbers;
    case 'integer':
      return [...pool.numbers.filter(Number.isSafeInteger), 255];
    case 'list':
      return kind.single === true ? [...pool.lists, ...pool.numbers] : pool.lists;
    case 'matrix':
      return pool.matrices;
    case 'tensor':
      return [...pool.columns, ...pool.numbers];
    case 'callable':
      return ['softmax', 'sigmoid'];
    case 'text':
    case 'arguments':
    case 'loss':
      return [];
  }
}
