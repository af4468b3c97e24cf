import {
  type Axis,
  compile,
  execute,
  type NamedArray,
  type Node,
  type OpTable,
  opTableOf,
  type Program,
  scalar,
} from '@softdice/core';
import type { Batch, Case, Tensor } from '../arbitraries/batch.js';
import { type Bounded, exact, stored } from '../tolerance/bounded.js';
import { errorRules } from '../tolerance/error-rules.js';
import type { Precision } from '../tolerance/precision.js';

/** Value and derived error bound of everything that an outcome holds, by name. */
export interface Bounds {
  readonly loss: Bounded;
  readonly gradient: Bounded;
  readonly scores: Bounded;
  readonly statistics: Readonly<Record<string, Bounded>>;
}

/** Inputs of a case as named arrays, spatial axes joined. */
export function namedInputs({
  plan,
  batch,
}: Pick<Case, 'plan' | 'batch'>): Readonly<Record<string, NamedArray>> {
  const [samples = 1, channels = 1, ...spatial] = batch.prediction.shape;
  const voxels = spatial.reduce((product, size) => product * size, 1);
  const named = (data: readonly number[], withChannels: boolean): NamedArray => ({
    axes: (withChannels ? ['sample', 'channel', 'voxel'] : ['sample', 'voxel']) as readonly Axis[],
    shape: withChannels ? [samples, channels, voxels] : [samples, voxels],
    data: Float64Array.from(data),
  });
  return {
    prediction: named(batch.prediction.data, true),
    target: named(batch.target.data, plan.target.kind !== 'labels'),
    ...(batch.mask === undefined
      ? {}
      : { mask: named(batch.mask.data, plan.voxels.kind === 'channel-mask') }),
  };
}

/** Programs by what they were compiled from: the layouts of a backend are drawn the same cases. */
const programs = new Map<string, Program>();

/** The loss of a case, for its number of spatial axes. */
export function programOf({ spec, batch }: Pick<Case, 'spec' | 'batch'>): Program {
  const spatialRank = batch.prediction.shape.length - 2;
  const key = `${spatialRank} ${JSON.stringify(spec)}`;
  const program = programs.get(key) ?? compile(spec, { spatialRank });
  programs.set(key, program);
  return program;
}

/** Core's ops for the spatial sizes of a batch. */
export function opsOf({ prediction }: Batch): OpTable<NamedArray> {
  return opTableOf(prediction.shape.slice(2));
}

/** Factors of the loss on its axes. */
export function cotangentArray(
  cotangent: Tensor | undefined,
  axes: NamedArray['axes'],
): NamedArray {
  if (cotangent === undefined) return scalar(1);
  return { axes, shape: cotangent.shape, data: Float64Array.from(cotangent.data) };
}

/**
 * The bounds of a case for a precision, the rounding of its inputs included.
 *
 * @param cotangent - Factors of the loss, ones by default.
 */
export function boundsOf(
  drawn: Pick<Case, 'spec' | 'plan' | 'batch'>,
  precision: Precision,
  cotangent?: Tensor,
): Bounds {
  const program = programOf(drawn);
  const inputs = namedInputs(drawn);
  const spatial = drawn.batch.prediction.shape.slice(2);
  // Voxels are summed axis by axis, an axis longer than 2^14 in blocks; as many additions in a row as a block of
  // all of these few voxels has in four accumulators.
  const terms = (): number =>
    spatial.reduce((sum, size) => sum + Math.min(size, 2 ** 14) + Math.ceil(size / 2 ** 14), 1);
  const table = errorRules(precision, terms, spatial);
  const wanted: readonly Node[] = [
    program.whole.loss,
    program.whole.gradient,
    program.whole.terms[0]?.scores ?? program.whole.loss,
    ...program.statistics.map(({ node }) => node),
  ];
  const outer = cotangentArray(cotangent, program.whole.loss.axes);
  const values = execute(table, wanted, (input) => {
    const array = input === 'cotangent' ? outer : inputs[input];
    return array && stored(array, precision);
  });
  const at = (index: number): Bounded => values[index] ?? exact(scalar(Number.NaN));
  return {
    loss: at(0),
    gradient: at(1),
    scores: at(2),
    statistics: Object.fromEntries(
      program.statistics.map(({ name }, index) => [name, at(3 + index)]),
    ),
  };
}
