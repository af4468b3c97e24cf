import { execute } from '../execute/execute.js';
import { filled, type NamedArray, scalar } from '../execute/named-array.js';
import { opTableOf } from '../execute/ops.js';
import type { Axis, Node } from '../expression/node.js';
import { maskChannels } from '../plan/inputs.js';
import type { Plan } from '../plan/plan.js';
import { compile } from '../program/compile.js';
import { at, type Input, planes, voxelsOf } from './input.js';

/** A tensor as an evaluator of the loss takes it. */
export interface DiffTensor {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/** What a loss reads, and what it gives for it. */
export interface Worth {
  readonly inputs: {
    readonly prediction: DiffTensor;
    readonly target: DiffTensor;
    readonly mask?: DiffTensor;
  };
  /** One number, or the entries of the grid. */
  readonly loss: readonly number[];
  /** By the prediction, of the sum of the entries. */
  readonly gradient: readonly number[];
}

/** A loss on any input that it takes, by its program in float64. */
export interface Evaluator {
  readonly loss: (input: Input) => readonly number[];
  readonly gradient: (input: Input) => readonly number[];
  readonly worth: (input: Input) => Worth;
}

/** Compiles a loss once for many small inputs. */
export function evaluatorOf(plan: Plan): Evaluator {
  const { loss, gradient } = compile(plan, { spatialRank: 2 }).whole;
  const run = (node: Node, input: Input): readonly number[] => {
    const given = namedInputs(readBy(plan, input), input);
    const [value] = execute(opTableOf([input.rows, input.columns]), [node], (name) =>
      given.get(name),
    );
    return [...(value?.data ?? [])];
  };
  const evaluator = {
    loss: (input: Input): readonly number[] => run(loss, input),
    gradient: (input: Input): readonly number[] => run(gradient, input),
  };
  return {
    ...evaluator,
    worth: (input) => ({
      inputs: readBy(plan, input),
      loss: evaluator.loss(input),
      gradient: evaluator.gradient(input),
    }),
  };
}

/** The inputs over named axes, all spatial axes being one. */
function namedInputs(inputs: Worth['inputs'], input: Input): ReadonlyMap<string, NamedArray> {
  const { samples, channels } = input;
  const voxels = voxelsOf(input);
  const named = Object.entries(inputs).map(([name, { shape, data }]): [string, NamedArray] => {
    const axes: readonly Axis[] =
      shape.length === 3 ? ['sample', 'voxel'] : ['sample', 'channel', 'voxel'];
    const sizes = shape.length === 3 ? [samples, voxels] : [samples, channels, voxels];
    return [name, filled(axes, sizes, (place) => data[place] ?? 0)];
  });
  return new Map([...named, ['cotangent', scalar(1)]]);
}

/** An input as a plan takes it: channels first, `[N, C, rows, columns]`. */
function readBy(plan: Plan, input: Input): Worth['inputs'] {
  const { samples, channels, rows, columns } = input;
  const shape = [samples, channels, rows, columns];
  const sparse = [samples, rows, columns];
  const voxels = voxelsOf(input);
  const t = at(input, input.target);
  const perVoxel = (value: (sample: number, voxel: number) => number): DiffTensor => ({
    shape: sparse,
    data: Array.from({ length: samples * voxels }, (_, place) =>
      value(Math.floor(place / voxels), place % voxels),
    ),
  });
  const ignore = 'ignore' in plan.target ? plan.target.ignore : undefined;
  const ignored = (sample: number, voxel: number): boolean =>
    input.ignored[sample * voxels + voxel] === true;
  const marked = (sample: number, voxel: number): number => {
    if (ignore !== undefined && ignored(sample, voxel)) return ignore;
    if (plan.target.kind === 'binary') return t(sample, 0, voxel);
    const classes = Array.from({ length: channels }, (_, channel) => t(sample, channel, voxel));
    return Math.max(0, classes.indexOf(1));
  };
  const target =
    plan.target.kind === 'labels' || plan.target.kind === 'binary'
      ? perVoxel(marked)
      : { shape, data: input.target };
  const weight = (sample: number, voxel: number): number =>
    input.mask[sample * voxels + voxel] ?? 1;
  const mask = {
    none: undefined,
    one: perVoxel(weight),
    all: { shape, data: planes(input, (sample, _, voxel) => weight(sample, voxel)) },
  }[maskChannels(plan)];
  return {
    prediction: { shape, data: input.prediction },
    target,
    ...(mask === undefined ? {} : { mask }),
  };
}
