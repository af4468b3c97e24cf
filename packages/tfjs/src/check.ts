import {
  classCount,
  InputError,
  inOrder,
  inputProblems,
  type Problem,
  type Program,
} from '@softdice/core';
import * as tf from '@tensorflow/tfjs';
import { channelsFirst, type Layout, layouts } from './layout.js';
import { type LossTensors, sizesOf } from './placement.js';

/** Options of a loss in tfjs. */
export interface LossOptions {
  /** Where the channels are; `'channelsLast'` by default, as tfjs layers have them. */
  readonly layout?: Layout;
}

/**
 * The layout that the options ask for.
 *
 * @throws InputError - for an unknown option or layout.
 */
export function layoutOf(options: LossOptions): Layout {
  const unknown = Object.keys(options).filter((key) => key !== 'layout');
  const problems: Problem[] = unknown.map((path) => ({
    path: `options.${path}`,
    expected: 'no other option than layout',
    received: `'${path}'`,
    fix: 'what the loss does belongs to its spec',
  }));
  const { layout = 'channelsLast' } = options;
  if (!layouts.includes(layout)) {
    const expected = layouts.map((name) => `'${name}'`).join(' or ');
    problems.push({ path: 'options.layout', expected, received: `'${String(layout)}'` });
  }
  if (problems.length > 0) throw new InputError(problems);
  return layout;
}

/**
 * Checks tensors against a program by their shapes and types, before any of them is touched.
 *
 * @throws InputError - listing every violation at once.
 */
export function checkTensors(
  { plan, ...program }: Program,
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
  if (cotangent === undefined) return;
  const expected = lossShape({ plan, ...program }, layout, prediction.shape);
  if (expected.join() !== cotangent.shape.join()) {
    const received = `[${cotangent.shape}]`;
    throw new InputError([
      { path: 'cotangent', expected: `shape [${expected}] of the loss`, received },
    ]);
  }
}

function tensorProblems(
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
