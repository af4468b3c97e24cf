import { type Axis, type NodeOf, type OpTable, topCount } from '@softdice/core';
import * as tf from '@tensorflow/tfjs';
import { alike, broadcast, walksAlongRows } from './broadcast.js';
import { toChannel, toClass } from './class-matrix.js';
import { alias, type Placement, shapeOf } from './layout.js';
import { shifted } from './shift.js';
import { accurateSum } from './sums.js';
import { top } from './top.js';

/**
 * What each op is in tfjs. Every value is a float32 tensor of rank 3, placed as {@link Placement}
 * says, integers included: labels are exact up to 2^24, and wasm has no mixed comparisons.
 *
 * tfjs never differentiates these ops: gradients are expressions of their own.
 *
 * @param spatial - The sizes of the spatial axes that one dimension of voxels joins.
 */
export function opsOf(placement: Placement, spatial: readonly number[]): OpTable<tf.Tensor> {
  const channel = placement.channel === 1 ? 1 : 2;
  // tf.softmax and tf.logSoftmax take the last dimension only.
  const overChannels = (x: tf.Tensor, of: (x: tf.Tensor) => tf.Tensor): tf.Tensor =>
    channel === 2 ? of(x) : tf.transpose(of(tf.transpose(x, [0, 2, 1])), [0, 2, 1]);
  return {
    input: (node) => {
      throw new TypeError(`input ${node.name} was not given`);
    },
    const: (node) => constant(node.value),
    vector: (node) => {
      const shape = shapeOf(placement, ['class'], { class: node.values.length });
      return tf.tensor3d([...node.values], shape, 'float32');
    },
    count: (node, [like]) => constant(like.shape[placement[node.axis]] ?? 1),
    index: (node, [like]) => {
      const size = like.shape[placement[node.axis]] ?? 1;
      const shape = shapeOf(placement, [node.axis], { [node.axis]: size });
      return tf.reshape(tf.range(0, size, 1, 'float32'), shape);
    },
    add: (_, [a, b]) => broadcast(tf.add, a, b),
    sub: (_, [a, b]) => broadcast(tf.sub, a, b),
    mul: (_, [a, b]) => broadcast(tf.mul, a, b),
    div: (_, [a, b]) => broadcast(tf.div, a, b),
    max: (_, [a, b]) => tf.maximum(...alike(a, b)),
    min: (_, [a, b]) => tf.minimum(...alike(a, b)),
    less: (_, [a, b]) => lessThan(a, b),
    equal: (node, [a, b]) => (isInteger(node) && walksAlongRows() ? sameInteger(a, b) : same(a, b)),
    pow: (node, [x]) => power(x, node.exponent),
    exp: (_, [x]) => tf.exp(x),
    log: (_, [x]) => tf.log(x),
    abs: (_, [x]) => tf.abs(x),
    // tfjs 4.22 takes the sign of what is smaller than 1e-7 for 0 on wasm.
    sign: (_, [x]) => tf.sub(lessThan(constant(0), x), lessThan(x, constant(0))),
    sigmoid: (_, [x]) => tf.sigmoid(x),
    softplus: (_, [x]) => softplus(x),
    softmax: (_, [x]) => overChannels(x, tf.softmax),
    logSoftmax: (_, [x]) => overChannels(x, tf.logSoftmax),
    sum: (node, [x]) =>
      voxelsFirst(node.over).reduce((total, axis) => accurateSum(total, placement[axis]), x),
    peak: (node, [x]) =>
      tf.max(
        x,
        node.over.map((axis) => placement[axis]),
        true,
      ),
    // An int32 tensor of rank 2: cast, and placed again.
    argmax: (_, [x]) => tf.expandDims(tf.cast(tf.argMax(x, channel), 'float32'), channel),
    shift: (node, [x]) => shifted(x, node, placement.voxel, spatial),
    top: (node, [x]) => top(x, topCount(x.size, node.perMillion)),
    toClass: (node, [x]) => toClass(x, node.map, channel),
    toChannel: (node, [x, like]) => toChannel(x, node.map, like.shape[channel] ?? 1, channel),
  };
}

/** The voxels before the other axes, for which little is left then. */
function voxelsFirst(axes: readonly Axis[]): readonly Axis[] {
  return axes.toSorted((a, b) => Number(b === 'voxel') - Number(a === 'voxel'));
}

/** max(x, 0) + log(1 + e^-|x|): wasm has neither tf.softplus nor tf.log1p. */
function softplus(x: tf.Tensor): tf.Tensor {
  const decay = tf.exp(tf.neg(tf.abs(x)));
  return tf.add(tf.relu(x), tf.log(tf.add(decay, 1)));
}

/** 1 where a < b, else 0. */
function lessThan(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return tf.cast(tf.less(...alike(a, b)), 'float32');
}

function constant(value: number): tf.Tensor {
  return tf.tensor3d([value], [1, 1, 1], 'float32');
}

function isInteger(node: NodeOf<'equal'>): boolean {
  return node.args[0].type === 'integer';
}

function same(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return tf.cast(tf.equal(...alike(a, b)), 'float32');
}

/** 1 where integers are equal: relu(1 - (a - b)^2), which broadcasts 20 times faster than tf.equal on wasm. */
function sameInteger(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  const square = tf.squaredDifference(a, b);
  const complement = tf.sub(1, square);
  square.dispose();
  return tf.relu(complement);
}

/** Whole powers by products, which are exact and keep tf.pow, a slow op, out of voxel maps. */
function power(x: tf.Tensor, exponent: number): tf.Tensor {
  if (Number.isInteger(exponent) && exponent >= 1 && exponent <= 16) return product(x, exponent);
  // x >= 0 but for rounding, and a root of a tiny negative number is NaN.
  return tf.pow(tf.relu(x), constant(exponent));
}

function product(x: tf.Tensor, exponent: number): tf.Tensor {
  if (exponent === 1) return alias(x);
  if (exponent % 2 === 1) return tf.mul(x, product(x, exponent - 1));
  return tf.square(product(x, exponent / 2));
}
