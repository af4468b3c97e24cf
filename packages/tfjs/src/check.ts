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
import { channelsFirst, type Layout, otherLayout } from './layout.js';
import { type LossTensors, sizesOf } from './placement.js';

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
  if (unusable.length > 0) {
    const whole = prediction instanceof tf.Tensor && prediction.dtype !== 'float32';
    throw new InputError(
      unusable.map((problem) =>
        whole && problem.path === 'prediction' && problem.received === prediction.dtype
          ? { ...problem, fix: `${problem.fix}, or ${swapped}` }
          : problem,
      ),
    );
  }
  const problems = shapeProblems(plan, layout, inputs);
  if (problems.length === 0) return;
  const [hint] = [
    ...(fits(plan, otherLayout(layout), inputs)
      ? [`the shapes fit layout '${otherLayout(layout)}'`]
      : []),
    ...(fits(plan, layout, { ...inputs, prediction: target, target: prediction })
      ? [`target and prediction look swapped: ${swapped}`]
      : []),
  ];
  throw new InputError(
    problems
      .map((problem) => (layout === 'channelsLast' ? noted(problem) : problem))
      .map((problem, at) => (at === 0 && hint !== undefined ? { ...problem, fix: hint } : problem)),
  );
}

const swapped = 'give the target first, as a loss function takes it';

function fits(plan: Plan, layout: Layout, inputs: LossTensors): boolean {
  return shapeProblems(plan, layout, inputs).length === 0;
}

function shapeProblems(
  plan: Plan,
  layout: Layout,
  { prediction, target, mask }: LossTensors,
): readonly Problem[] {
  const rank = prediction.shape.length;
  // Sparse targets may come without a channel axis, which then has no place to move.
  const moved = (shape: readonly number[]): readonly number[] =>
    shape.length === rank ? channelsFirst(layout, shape) : shape;
  return inputProblems(plan, {
    prediction: moved(prediction.shape),
    target: moved(target.shape),
    mask: mask && moved(mask.shape),
  });
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
