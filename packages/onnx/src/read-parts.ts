import {
  coefficientInput,
  compile,
  InputError,
  type LossSpec,
  type NamedArray,
  type Node,
  type Program,
  type Statistics,
  shown,
} from '@softdice/core';

/** A tensor as a runtime returns it. */
export interface RuntimeTensor {
  readonly dims: readonly number[];
  readonly data: ArrayLike<number | bigint | string>;
}

/** What a session returned, by name. */
export type RuntimeResults = Readonly<Record<string, RuntimeTensor>>;

/** Some of the samples of a batch. */
export interface SampleRange {
  /** The first of them. */
  readonly from: number;
  /** The one after the last of them. */
  readonly to: number;
}

/**
 * What the graph `statistics` of {@link exportParts} returned, or {@link exportLoss} with that output, as
 * core's `merge` and `finish` take it. Other outputs are left out.
 *
 * @param spec - The loss, or its program where it was compiled already.
 * @param results - What the session returned.
 * @throws InputError - listing every statistic that is missing or has another number of axes.
 *
 * @example
 * ```ts
 * const tile = { 'dice.I': [3], 'dice.P': [4], 'dice.T': [5] };
 * const results = Object.fromEntries(
 *   Object.entries(tile).map(([name, data]) => [name, { dims: [1, 1], data }]),
 * );
 * const statistics = readStatistics(dice(), results);
 * finish(dice(), merge([statistics, statistics], 'tiles', dice())).loss.data[0]; // 1 - 12 / 18
 * ```
 */
export function readStatistics(spec: LossSpec | Program, results: RuntimeResults): Statistics {
  return read(programOf(spec).statistics, results);
}

/**
 * The coefficients that the graph `head` of {@link exportParts} returned, by the names of the inputs of the
 * graph `pullback`.
 *
 * @param spec - The loss, or its program where it was compiled already.
 * @param results - What the session returned.
 * @param samples - The samples of one batch among those that were merged; all by default. Coefficients
 *   of pooled samples are the same for each.
 * @throws InputError - listing every coefficient that is missing or has another number of axes, or too few
 *   samples.
 */
export function readCoefficients(
  spec: LossSpec | Program,
  results: RuntimeResults,
  samples?: SampleRange,
): Statistics {
  const { coefficients } = programOf(spec).head;
  const named = coefficients.map(({ name, node }) => ({ name: coefficientInput(name), node }));
  const all = read(named, results);
  if (samples === undefined) return all;
  const problems = Object.entries(all).flatMap(([name, { axes, shape }]) => {
    const { from, to } = samples;
    if (!axes.includes('sample') || (from >= 0 && from < to && to <= (shape[0] ?? 0))) return [];
    const expected = `samples among the ${shape[0]} of the head`;
    return [{ path: name, expected, received: `${from} to ${to}`, fix: 'count them from 0' }];
  });
  if (problems.length > 0) throw new InputError(problems);
  return Object.fromEntries(
    Object.entries(all).map(([name, array]) => [name, ofSamples(array, samples)]),
  );
}

/** The sample axis comes first. */
function ofSamples({ axes, shape, data }: NamedArray, { from, to }: SampleRange): NamedArray {
  if (!axes.includes('sample')) return { axes, shape, data };
  const row = shape.slice(1).reduce((product, size) => product * size, 1);
  return { axes, shape: [to - from, ...shape.slice(1)], data: data.slice(from * row, to * row) };
}

function programOf(spec: LossSpec | Program): Program {
  // Names and axes are the same for every number of spatial axes.
  return 'whole' in spec ? spec : compile(spec, { spatialRank: 2 });
}

function read(
  wanted: readonly { readonly name: string; readonly node: Node }[],
  results: RuntimeResults,
): Statistics {
  const problems = wanted.flatMap(({ name, node }) => {
    const dims = results[name]?.dims;
    if (dims?.length === node.axes.length) return [];
    const expected = `a tensor on [${node.axes.join(', ')}]`;
    const fix = 'give what the graph of the same spec returned';
    return [{ path: name, expected, received: shown(dims), fix }];
  });
  if (problems.length > 0) throw new InputError(problems);
  return Object.fromEntries(
    wanted.flatMap(({ name, node }): readonly (readonly [string, NamedArray])[] => {
      const result = results[name];
      if (result === undefined) return [];
      const data = Float64Array.from(result.data, Number);
      return [[name, { axes: node.axes, shape: [...result.dims], data }]];
    }),
  );
}
