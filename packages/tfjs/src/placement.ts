import type { Axis, Node } from '@softdice/core';
import * as tf from '@tensorflow/tfjs';
import {
  alias,
  channelsFirst,
  type Layout,
  type Placement,
  type Sizes,
  shapeOf,
} from './layout.js';

/** The tensors that a loss reads, in the user's shapes. */
export interface LossTensors {
  readonly prediction: tf.Tensor;
  readonly target: tf.Tensor;
  readonly mask?: tf.Tensor | undefined;
}

/** Values of leaves; each call makes a tensor of its own, which may share its data. */
export type Leaves = (node: Node) => tf.Tensor | undefined;

/** The sizes of the axes of a prediction. */
export function sizesOf(layout: Layout, prediction: readonly number[]): Sizes {
  const [sample = 1, channel = 1, ...spatial] = channelsFirst(layout, prediction);
  return { sample, channel, voxel: spatial.reduce((product, size) => product * size, 1) };
}

/** The sizes of the spatial axes of a prediction. */
export function spatialOf(layout: Layout, prediction: readonly number[]): readonly number[] {
  return channelsFirst(layout, prediction).slice(2);
}

/** The user's tensors as values of the input nodes. */
export function inputLeaves(layout: Layout, placement: Placement, inputs: LossTensors): Leaves {
  return leavesOf(placement, sizesOf(layout, inputs.prediction.shape), inputs);
}

/** The same where the sizes of the axes are known. */
export function leavesOf(placement: Placement, sizes: Sizes, inputs: LossTensors): Leaves {
  return (node) => {
    if (node.op !== 'input') return undefined;
    const given = { ...inputs }[node.name as keyof LossTensors];
    if (given === undefined) return undefined;
    // A cast copies on wasm even where the type stays the same.
    const numbers = given.dtype === 'float32' ? given : tf.cast(given, 'float32');
    return tf.reshape(numbers, shapeOf(placement, node.axes, sizes));
  };
}

/** Values of input nodes by name. */
export function namedLeaves(entries: Iterable<readonly [string, tf.Tensor]>): Leaves {
  const values = new Map(entries);
  return (node) => {
    const value = node.op === 'input' ? values.get(node.name) : undefined;
    return value && alias(value);
  };
}

/** A tensor whose dimensions are the given axes, as a value. */
export function placed(placement: Placement, axes: readonly Axis[], x: tf.Tensor): tf.Tensor {
  const sizes = Object.fromEntries(axes.map((axis, at) => [axis, x.shape[at] ?? 1]));
  return tf.reshape(x, shapeOf(placement, axes, sizes));
}

/** A value as a tensor whose dimensions are its axes. */
export function unplaced(placement: Placement, axes: readonly Axis[], x: tf.Tensor): tf.Tensor {
  return tf.reshape(
    x,
    axes.map((axis) => x.shape[placement[axis]] ?? 1),
  );
}
