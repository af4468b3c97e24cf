import {
  InputError,
  type LevelInputs,
  type LevelsInputs,
  type LevelsPlan,
  levelInputs,
  nearestIndices,
} from '@softdice/core';
import * as tf from '@tensorflow/tfjs';
import { tensorProblems } from './check.js';
import { channelsFirst, type Layout } from './layout.js';

/**
 * What each level reads: all tensors are checked before any of them is touched.
 *
 * @throws InputError - listing every violation of type, or else of shape, at once.
 */
export function levelTensors(
  plan: LevelsPlan,
  layout: Layout,
  inputs: LevelsInputs<tf.Tensor>,
): readonly LevelInputs<tf.Tensor>[] {
  const problems = [
    ...inputs.predictions.flatMap((x, at) => tensorProblems(`predictions[${at}]`, x, ['float32'])),
    ...inputs.targets.flatMap((x, at) => tensorProblems(`targets[${at}]`, x, readable)),
    ...(inputs.masks ?? []).flatMap((x, at) =>
      x === undefined ? [] : tensorProblems(`masks[${at}]`, x, readable),
    ),
  ];
  if (problems.length > 0) throw new InputError(problems);
  const rank = inputs.predictions[0]?.rank;
  return levelInputs(plan, inputs, {
    // Sparse targets may come without a channel axis, which then has no place to move.
    shapeOf: ({ shape }) => (shape.length === rank ? channelsFirst(layout, shape) : shape),
    resized: (x, spatial) => nearest(layout, x, spatial),
  });
}

const readable: readonly tf.DataType[] = ['float32', 'int32', 'bool'];

/** A tensor of other spatial sizes: at each position the nearest of its voxels. */
function nearest(layout: Layout, x: tf.Tensor, spatial: readonly number[]): tf.Tensor {
  const first = layout === 'channelsLast' ? 1 : x.rank - spatial.length;
  const numbers = x.dtype === 'bool' ? tf.cast(x, 'int32') : x;
  return spatial.reduce((value, size, at) => {
    const length = value.shape[first + at] ?? 1;
    if (length === size) return value;
    const indices = tf.tensor1d([...nearestIndices(length, size)], 'int32');
    return tf.gather(value, indices, first + at);
  }, numbers);
}
