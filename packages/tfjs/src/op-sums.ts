import { statisticInput, type VoxelProgram } from '@softdice/core';
import * as tf from '@tensorflow/tfjs';
import type { Placement } from './layout.js';
import { opsOf } from './ops.js';
import type { Summed } from './passes.js';
import { namedLeaves, unplaced } from './placement.js';
import { run, schedule } from './run.js';

/** What a program's head makes by tfjs's own ops of its voxel sums, the first of these tensors. */
export function opSums(
  { statistics }: VoxelProgram,
  placement: Placement,
): (sums: readonly tf.Tensor[]) => Summed {
  const ops = opsOf(placement, []);
  return (sums) => ({
    head: (node) =>
      tf.tidy(() => {
        const [value] = run(ops, schedule([node]), namedLeaves(sumInputs({ statistics }, sums)));
        return unplaced(placement, node.axes, computed(value));
      }),
    statistics: () =>
      Object.fromEntries(
        pairs(statistics, sums).map(([{ name, node }, sum]) => [
          name,
          unplaced(placement, node.axes, sum),
        ]),
      ),
  });
}

/** Voxel sums as inputs of the head. */
export function sumInputs(
  { statistics }: Pick<VoxelProgram, 'statistics'>,
  sums: readonly tf.Tensor[],
): readonly (readonly [string, tf.Tensor])[] {
  return pairs(
    statistics.map(({ name }) => statisticInput(name)),
    sums,
  );
}

/** Two lists side by side, as far as both go. */
export function pairs<A, B>(left: readonly A[], right: readonly B[]): readonly (readonly [A, B])[] {
  return left.flatMap((a, at) => right.slice(at, at + 1).map((b): readonly [A, B] => [a, b]));
}

/** What a run has computed. */
export function computed(value: tf.Tensor | undefined): tf.Tensor {
  if (value === undefined) throw new TypeError('nothing was computed');
  return value;
}
