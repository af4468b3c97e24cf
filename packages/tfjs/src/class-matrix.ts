import { type ClassMap, classMembers } from '@softdice/core';
import * as tf from '@tensorflow/tfjs';
import { alias } from './layout.js';

type Dimension = 1 | 2;

/** Channels to classes along a dimension of a rank-3 tensor: each class is the sum of its members. */
export function toClass(x: tf.Tensor, map: ClassMap, dimension: Dimension): tf.Tensor {
  switch (map.kind) {
    case 'all':
      return alias(x);
    case 'foreground': {
      const begin = [0, 0, 0];
      begin[dimension] = 1;
      return tf.slice(x, begin);
    }
    case 'matrix':
      return times(x, map.rows, dimension);
    case 'rows': {
      const channels = x.shape[dimension] ?? 1;
      // A matrix would carry a NaN or an infinity of one channel into every class.
      return map.rows.every((row) => row.length === 1)
        ? tf.gather(x, tf.tensor1d(map.rows.flat(), 'int32'), dimension)
        : times(x, matrix(map, channels), dimension);
    }
  }
}

/** Transposed {@link toClass}: each channel is the sum of the classes that it is a member of. */
export function toChannel(
  x: tf.Tensor,
  map: ClassMap,
  channels: number,
  dimension: Dimension,
): tf.Tensor {
  switch (map.kind) {
    case 'all':
      return alias(x);
    case 'foreground':
      return tf.pad(
        x,
        [0, 1, 2].map((at): [number, number] => [at === dimension ? 1 : 0, 0]),
      );
    case 'matrix':
    case 'rows':
      return times(x, transposed(matrix(map, channels)), dimension);
  }
}

type Matrix = readonly (readonly number[])[];

/** One row per class, one column per channel. */
function matrix(map: ClassMap, channels: number): Matrix {
  return classMembers(map, channels).map((row) =>
    Array.from(
      { length: channels },
      (_, at) => row.find(({ channel }) => channel === at)?.factor ?? 0,
    ),
  );
}

function transposed(rows: Matrix): Matrix {
  return (rows[0] ?? []).map((_, column) => rows.map((row) => row[column] ?? 0));
}

/** Applies the matrix to one dimension. */
function times(x: tf.Tensor, rows: Matrix, dimension: Dimension): tf.Tensor {
  const height = rows.length;
  const width = rows[0]?.length ?? 0;
  const factor = tf.tensor2d(rows.flat(), [height, width], 'float32');
  if (dimension === 1) return tf.matMul(tf.reshape(factor, [1, height, width]), x);
  // One product of matrices rather than a batch of them, which wasm runs by a slower kernel.
  const flat = tf.reshape(x, [-1, width]);
  const [samples = 1, voxels = 1] = x.shape;
  return tf.reshape(tf.matMul(flat, factor, false, true), [samples, voxels, height]);
}
