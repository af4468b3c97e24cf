import { type NamedArray, scalar } from '../../execute/named-array.js';
import type { Statistics } from '../../execute/statistics.js';
import { checkInputs } from '../../plan/inputs.js';
import { channelsFirst, type Layout } from '../../plan/layout.js';
import type { Program } from '../../program/program.js';
import { carriedName } from '../../schedule/carried.js';
import { InputError } from '../../schema/problem.js';
import { gradientName } from '../sweep/memory-map.js';
import { copied, memoryPool } from './copied.js';
import type { WasmMemory } from './engine.js';
import type { Fused } from './fused.js';
import { coefficientInputs } from './grid.js';
import {
  type ArrayOptions,
  arrayKernels,
  inputSources,
  type Numbers,
  sizesOf,
} from './typed-arrays.js';

/** What a loss is taken at: shapes `[N, C, ...spatial]`, or `[N, ...spatial, C]` with channels last. */
export interface FusedInputs {
  readonly prediction: Numbers;
  readonly target: Numbers;
  readonly mask?: Numbers | undefined;
  /** Factors of the loss, shaped like it; ones by default. */
  readonly cotangent?: Numbers | undefined;
  /** Where to write the gradient, as long as the prediction; a new array by default, which takes time. */
  readonly gradient?: Float32Array | undefined;
}

/** A loss, its gradient and what they are made of. */
export interface FusedOutcome {
  readonly loss: NamedArray;
  /** d(sum of cotangent * loss) / d prediction, in the order of the prediction. */
  readonly gradient: Float32Array;
  /** Scores of the first term. */
  readonly scores: NamedArray;
  /** Voxel sums of every term by `<term>.<symbol>`. */
  readonly statistics: Statistics;
}

/** A loss as kernels of its own. */
export type FusedLoss = (inputs: FusedInputs) => FusedOutcome;

/**
 * Makes a function that computes a program's loss and its gradient by kernels made for it, without a
 * tensor library: every voxel is read once for the loss and once for the gradient. Numbers are float32,
 * voxel sums float64.
 *
 * @param program - What `compile` makes of a spec, or `compilePlan` of a plan where bytes count.
 * @throws InputError - where it is no program, kernels cannot run here, or the loss has none; later,
 *   from the function, for inputs that do not fit the loss, before any of them is read.
 *
 * @example
 * ```ts
 * import { compile, dice } from '@softdice/core';
 *
 * const step = fusedLoss(compile(dice({ target: 'labels', activation: 'softmax' })));
 * const { loss, gradient } = step({
 *   prediction: { shape: [1, 2, 3], data: Float32Array.of(1, 2, -1, 0, 1, 1) },
 *   target: { shape: [1, 3], data: Uint8Array.of(0, 0, 1) },
 * });
 * console.log(loss.data[0], gradient.length);
 * ```
 */
export function fusedLoss(program: Program, options: ArrayOptions = {}): FusedLoss {
  const fix = 'make it with compile(spec) of @softdice/core';
  const { fused, layout } = arrayKernels(program, options, program?.pullback !== undefined, fix);
  const memories = memoryPool();
  return (inputs) => evaluated(fused, layout, memories, inputs);
}

/** Loss and gradient by kernels, of inputs that fit the loss; others are refused. */
export function evaluated(
  fused: Fused<Program>,
  layout: Layout,
  memories: (bytes: number) => WasmMemory,
  inputs: FusedInputs,
): FusedOutcome {
  const { program } = fused;
  const { prediction, target, mask, cotangent } = inputs;
  const rank = prediction.shape.length;
  const moved = ({ shape }: Numbers): readonly number[] =>
    shape.length === rank ? channelsFirst(layout, shape) : shape;
  checkInputs(program.plan, {
    prediction: moved(prediction),
    target: moved(target),
    mask: mask && moved(mask),
  });
  const sizes = sizesOf(moved(prediction));
  const { samples, channels, voxels } = sizes;
  const length = samples * channels * voxels;
  const gradient = inputs.gradient ?? new Float32Array(length);
  if (gradient.length !== length) {
    const received = `${gradient.length}`;
    throw new InputError([{ path: 'gradient', expected: `${length} numbers`, received }]);
  }
  const written = { data: gradient, channels, kind: 'float32' } as const;
  const sources = [
    ...inputSources(program, sizes, { prediction, target, mask }),
    { ...written, name: gradientName },
    { ...written, name: carriedName },
  ];
  const placed = copied(fused, memories, layout, sizes, sources, true);
  const swept = fused.forward(placed);
  const { statistics } = swept;
  const loss = fused.head(program.head.loss, swept);
  const outer = cotangent && cotangentOf(program, loss, cotangent);
  fused.backward(placed, swept, coefficientInputs(program, statistics, outer));
  const [first] = program.head.terms;
  return {
    loss,
    gradient,
    scores: first === undefined ? loss : fused.head(first.scores, swept),
    statistics,
  };
}

function cotangentOf({ head }: Program, loss: NamedArray, { shape, data }: Numbers): NamedArray {
  if (shape.join() !== loss.shape.join()) {
    const expected = `shape [${loss.shape}] of the loss`;
    throw new InputError([{ path: 'cotangent', expected, received: `[${shape}]` }]);
  }
  const { axes } = head.loss;
  return axes.length === 0
    ? scalar(data[0] ?? 1)
    : { axes, shape: loss.shape, data: Float64Array.from(data) };
}
