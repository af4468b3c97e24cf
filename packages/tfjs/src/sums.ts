import * as tf from '@tensorflow/tfjs';
import { walksAlongRows } from './broadcast.js';
import { largestDivisor, type Shape3 } from './layout.js';

/**
 * Longest run of float32 numbers that one sum adds up.
 *
 * A running sum of n numbers of one sign is off by at most n / 2^25 of itself, and every level of
 * blocks adds that much: 64 keeps sums over 64^4 voxels within 8e-6 whatever the values are. (Random
 * values hide this; equal ones, as an untrained network emits, reach it.)
 */
const longestRun = 64;

/** Blocks shorter than this are not worth a level of their own. */
const shortestBlock = 16;

/** Matrices of one tf.matMul: webgpu has no more workgroups in a dimension. */
const mostMatrices = 2 ** 16 - 1;

/** Its columns, of which a workgroup has 32. */
const mostColumns = 2 ** 20;

/** Sums a rank-3 tensor along one dimension, which stays with size 1; accurate at any length. */
export function accurateSum(x: tf.Tensor, dimension: 0 | 1 | 2): tf.Tensor {
  const summed: Shape3 = [x.shape[0] ?? 1, x.shape[1] ?? 1, x.shape[2] ?? 1];
  summed[dimension] = 1;
  const runs = around(x.shape, dimension);
  return tf.tidy(() => tf.reshape(sumOfBlocks(asRuns(x, runs)), summed));
}

/** `[outer, length, inner]`, without an inner of 1, for which webgl copies the numbers to other places. */
function asRuns(x: tf.Tensor, [outer, length, inner]: Shape3): tf.Tensor {
  return tf.reshape(x, inner > 1 ? [outer, length, inner] : [outer, length]);
}

/** Runs to runs of length 1. */
function sumOfBlocks(x: tf.Tensor): tf.Tensor {
  const [outer = 1, length = 1, inner = 1] = x.shape;
  if (length === 1) return x;
  if (length <= longestRun) return sumOfRuns(x);
  const block = largestDivisor(length, longestRun);
  if (block >= shortestBlock) {
    const count = length / block;
    // Neighbours are a block where there are few; else voxels so far apart that all blocks of a run are one product.
    const blocks =
      inner > 1 && outer * count > mostMatrices
        ? sumOfRuns(asRuns(x, [outer, block, count * inner]))
        : sumOfRuns(asRuns(x, [outer * count, block, inner]));
    return sumOfBlocks(asRuns(blocks, [outer, count, inner]));
  }
  const rest = length % longestRun;
  const head = tf.slice(x, [0, 0], [outer, length - rest]);
  const tail = tf.slice(x, [0, length - rest], [outer, rest]);
  return tf.add(sumOfBlocks(head), sumOfRuns(tail));
}

/**
 * One plain sum of each run. tf.sum of any dimension but the last, even before one of size 1, copies a
 * transposed tensor first on wasm and cpu; a product with ones reads it where it lies and is as exact.
 */
function sumOfRuns(x: tf.Tensor): tf.Tensor {
  const [, length = 1, inner = 1] = x.shape;
  const fits = walksAlongRows() || inner <= mostColumns;
  return inner > 1 && fits ? tf.matMul(tf.ones([1, 1, length]), x) : tf.sum(x, 1, true);
}

function around(shape: readonly number[], dimension: number): Shape3 {
  const product = (sizes: readonly number[]): number => sizes.reduce((all, size) => all * size, 1);
  return [
    product(shape.slice(0, dimension)),
    shape[dimension] ?? 1,
    product(shape.slice(dimension + 1)),
  ];
}
