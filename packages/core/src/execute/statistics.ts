import { additiveOf } from '../program/additive.js';
import { compile } from '../program/compile.js';
import { type Program, statisticInput } from '../program/program.js';
import { InputError } from '../schema/problem.js';
import type { LossSpec } from '../spec/loss.js';
import { execute } from './execute.js';
import { type NamedArray, scalar, sizeOf } from './named-array.js';
import { opTable } from './ops.js';

/** Voxel sums by name, of some part of the data. */
export type Statistics = Readonly<Record<string, NamedArray>>;

/**
 * Merges the statistics of parts into those of the whole, exactly.
 *
 * @param parts - Statistics of the same spec, one per part.
 * @param of - `tiles`: parts of the same samples, which add. `batches`: other samples, which are
 *   concatenated along the sample axis, or add where the spec pools samples.
 * @param spec - The loss, or its program or that of a metric: it says what its statistics are additive
 *   over.
 * @throws InputError - for tiles of a loss that is not additive over voxels, for batches of one that
 *   is additive over nothing, if there is no part, or parts differ in names, axes or sizes.
 * @throws SpecError - where the spec is none.
 */
export function merge(
  parts: readonly Statistics[],
  of: 'tiles' | 'batches',
  spec: LossSpec | Pick<Program, 'additive'>,
): Statistics {
  const additive = additiveOf(spec);
  if (!mergeable[additive].includes(of)) throw unmergeable(additive, of);
  const [first, ...rest] = parts;
  if (first === undefined) throw mismatch('at least one part', 'none');
  const names = Object.keys(first);
  for (const part of rest) {
    if (Object.keys(part).toSorted().join() !== names.toSorted().join()) {
      throw mismatch(`statistics ${names.join(', ')}`, Object.keys(part).join(', '));
    }
  }
  return Object.fromEntries(
    Object.entries(first).map(([name, array]) => {
      const others = rest.flatMap((part) => part[name] ?? []);
      const concatenates = of === 'batches' && array.axes.includes('sample');
      return [name, concatenates ? concatenated([array, ...others]) : added([array, ...others])];
    }),
  );
}

/** Which parts of the data can be merged. */
const mergeable: { readonly [A in Program['additive']]: readonly ('tiles' | 'batches')[] } = {
  voxels: ['tiles', 'batches'],
  samples: ['batches'],
  nothing: [],
};

function unmergeable(additive: Program['additive'], received: string): InputError {
  const [allowed = 'the whole batch at once'] = mergeable[additive];
  const expected = `${allowed} of a loss that is additive over ${additive}`;
  const fix = 'compute the statistics of whole samples, or of the whole batch';
  return new InputError([{ path: 'parts', expected, received, fix }]);
}

function added(arrays: readonly NamedArray[]): NamedArray {
  return arrays.reduce((sum, array) => {
    expectSame(sum, array, sum.axes);
    const { axes, shape } = sum;
    return { axes, shape, data: sum.data.map((value, at) => value + (array.data[at] ?? 0)) };
  });
}

function concatenated(arrays: readonly NamedArray[]): NamedArray {
  return arrays.reduce((head, tail) => {
    expectSame(
      head,
      tail,
      head.axes.filter((axis) => axis !== 'sample'),
    );
    const data = new Float64Array(head.data.length + tail.data.length);
    data.set(head.data);
    // The sample axis comes first, so that samples are appended.
    data.set(tail.data, head.data.length);
    const samples = sizeOf(head, 'sample') + sizeOf(tail, 'sample');
    return { axes: head.axes, shape: [samples, ...head.shape.slice(1)], data };
  });
}

function expectSame(a: NamedArray, b: NamedArray, axes: NamedArray['axes']): void {
  const same = a.axes.join() === b.axes.join();
  if (!same || axes.some((axis) => sizeOf(a, axis) !== sizeOf(b, axis))) {
    throw mismatch(`[${a.axes}] of shape [${a.shape}]`, `[${b.axes}] of shape [${b.shape}]`);
  }
}

function mismatch(expected: string, received: string): InputError {
  const fix = 'merge statistics of one spec only';
  return new InputError([{ path: 'statistics', expected, received, fix }]);
}

/** The error of statistics that a head needs and that are not there; undefined where all are. */
export function missingStatistics(
  program: Pick<Program, 'statistics'>,
  statistics: Statistics,
): InputError | undefined {
  const missing = program.statistics.filter(({ name }) => statistics[name] === undefined);
  if (missing.length === 0) return undefined;
  return mismatch(missing.map(({ name }) => name).join(', '), Object.keys(statistics).join(', '));
}

/** What a head makes of statistics. */
export interface Finished {
  readonly loss: NamedArray;
  /** Scores of the first term. */
  readonly scores: NamedArray;
  /** Loss and scores of each term, before its weight. */
  readonly terms: Readonly<
    Record<string, { readonly loss: NamedArray; readonly scores: NamedArray }>
  >;
  /** d(sum of loss) / d(statistic) by name of the statistic; may lack axes along which it is constant. */
  readonly coefficients: Statistics;
}

/**
 * Computes loss and scores from statistics, in float64 and without a tensor library.
 *
 * @param spec - The loss, or its program where it was compiled already.
 * @param statistics - Its statistics, merged from tiles, batches or workers; those of the whole batch
 *   where the loss is additive over nothing.
 * @throws InputError - if a statistic is missing.
 */
export function finish(spec: LossSpec | Program, statistics: Statistics): Finished {
  // The head is the same for every number of spatial axes.
  const program = 'whole' in spec ? spec : compile(spec, { spatialRank: 2 });
  const missing = missingStatistics(program, statistics);
  if (missing !== undefined) throw missing;
  const { loss, terms, coefficients } = program.head;
  const given = new Map(
    program.statistics.map(({ name }) => [statisticInput(name), statistics[name]]),
  );
  const wanted = [
    loss,
    ...terms.flatMap((term) => [term.loss, term.scores]),
    ...coefficients.map(({ node }) => node),
  ];
  const one = scalar(1);
  const values = execute(opTable, wanted, (input) =>
    input === 'cotangent' ? one : given.get(input),
  );
  const value = (at: number): NamedArray => values[at] ?? one;
  return {
    loss: value(0),
    scores: value(2),
    terms: Object.fromEntries(
      terms.map(({ name }, at) => [name, { loss: value(1 + 2 * at), scores: value(2 + 2 * at) }]),
    ),
    coefficients: Object.fromEntries(
      coefficients.map(({ name }, at) => [name, value(1 + 2 * terms.length + at)]),
    ),
  };
}
