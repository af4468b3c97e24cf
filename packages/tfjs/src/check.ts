import {
  classCount,
  InputError,
  inOrder,
  inputProblems,
  type Plan,
  type Problem,
  type Program,
} from '@softdice/core';
import * as tf from '@tensorflow/tfjs';
import { channelsFirst, type Layout, layouts } from './layout.js';
import { type LossTensors, sizesOf } from './placement.js';

/** Who computes: kernels made for the loss where there can be any, those alone, or tfjs's own ops. */
export type Kernels = 'auto' | 'fused' | 'ops';

const kernelWords: readonly Kernels[] = ['auto', 'fused', 'ops'];

/** Options of a loss in tfjs. */
export interface LossOptions {
  /** Where the channels are; `'channelsLast'` by default, as tfjs layers have them. */
  readonly layout?: Layout;
  /**
   * Who computes; `'auto'` by default: fused kernels on the backends wasm and cpu, ops elsewhere and
   * where {@link pathOf} says so. `'fused'` refuses what the kernels cannot do.
   */
  readonly kernels?: Kernels;
}

/**
 * The options with their defaults.
 *
 * @throws InputError - for an unknown option or word.
 */
export function completeOptions(options: LossOptions): Required<LossOptions> {
  const known = ['layout', 'kernels'];
  const unknown = Object.keys(options).filter((key) => !known.includes(key));
  const { layout = 'channelsLast', kernels = 'auto' } = options;
  const problems: readonly Problem[] = [
    ...unknown.map((path) => ({
      path: `options.${path}`,
      expected: `no other option than ${known.join(' and ')}`,
      received: `'${path}'`,
      fix: 'what the loss does belongs to its spec',
    })),
    ...wordProblems('layout', layouts, layout),
    ...wordProblems('kernels', kernelWords, kernels),
  ];
  if (problems.length > 0) throw new InputError(problems);
  return { layout, kernels };
}

function wordProblems(option: string, words: readonly string[], word: string): readonly Problem[] {
  if (words.includes(word)) return [];
  const expected = words.map((name) => `'${name}'`).join(' or ');
  return [{ path: `options.${option}`, expected, received: `'${String(word)}'` }];
}

/**
 * Checks tensors against a plan by their shapes and types, before any of them is touched.
 *
 * @throws InputError - listing every violation at once.
 */
export function checkTensors(
  plan: Plan,
  layout: Layout,
  inputs: LossTensors & { readonly cotangent?: tf.Tensor | undefined },
): void {
  const { prediction, target, mask, cotangent } = inputs;
  const unusable = [
    ...tensorProblems('prediction', prediction, ['float32']),
    ...tensorProblems('target', target, ['float32', 'int32', 'bool']),
    ...(mask === undefined ? [] : tensorProblems('mask', mask, ['float32', 'int32', 'bool'])),
    ...(cotangent === undefined ? [] : tensorProblems('cotangent', cotangent, ['float32'])),
  ];
  // Shapes mean nothing before all of them are tensors.
  if (unusable.length > 0) throw new InputError(unusable);
  const rank = prediction.shape.length;
  // Sparse targets may come without a channel axis, which then has no place to move.
  const moved = (shape: readonly number[]): readonly number[] =>
    shape.length === rank ? channelsFirst(layout, shape) : shape;
  const problems = inputProblems(plan, {
    prediction: moved(prediction.shape),
    target: moved(target.shape),
    mask: mask && moved(mask.shape),
  });
  const shown = problems.map((problem) => (layout === 'channelsLast' ? noted(problem) : problem));
  if (shown.length > 0) throw new InputError(shown);
}

/**
 * Checks the shape of a cotangent against the loss of a program.
 *
 * @throws InputError - where it differs.
 */
export function checkCotangent(
  program: Program,
  layout: Layout,
  prediction: readonly number[],
  cotangent: tf.Tensor | undefined,
): void {
  if (cotangent === undefined) return;
  const expected = lossShape(program, layout, prediction);
  if (expected.join() !== cotangent.shape.join()) {
    const received = `[${cotangent.shape}]`;
    throw new InputError([
      { path: 'cotangent', expected: `shape [${expected}] of the loss`, received },
    ]);
  }
}

/** Whether a value is a tensor that can be used. */
export function tensorProblems(
  path: string,
  value: unknown,
  types: readonly tf.DataType[],
): readonly Problem[] {
  if (!(value instanceof tf.Tensor)) {
    const received = value === null ? 'null' : typeof value;
    return [{ path, expected: 'a tensor', received, fix: 'make one with tf.tensor' }];
  }
  if (value.isDisposed) {
    const fix = 'keep it out of the tf.tidy that made it, or tf.keep it';
    return [{ path, expected: 'a live tensor', received: 'a disposed one', fix }];
  }
  if (types.includes(value.dtype)) return [];
  const expected = `a tensor of type ${types.join(', ')}`;
  return [{ path, expected, received: value.dtype, fix: "use tf.cast(x, 'float32')" }];
}

function noted(problem: Problem): Problem {
  if (!problem.received.startsWith('[')) return problem;
  const note = 'shapes are shown channels first';
  return { ...problem, fix: problem.fix === undefined ? note : `${problem.fix} (${note})` };
}

/** The shape of the loss: that of its grid. */
function lossShape(
  { statistics, head }: Program,
  layout: Layout,
  prediction: readonly number[],
): readonly number[] {
  const { sample = 1, channel = 1 } = sizesOf(layout, prediction);
  // Only a loss of one term can have a class axis, and all sums of a term have the same classes.
  const [classes] = inOrder(statistics.map(({ node }) => node)).flatMap((node) =>
    node.op === 'toClass' ? [classCount(node.map, channel)] : [],
  );
  return head.loss.axes.map((axis) => (axis === 'sample' ? sample : (classes ?? 1)));
}
