import type { Tensor } from '@softdice/reference';
import type { Afterwards, NotOurs } from './peer-loss.js';

/** Keras' reductions, synonyms merged. */
export type KerasReduction = 'mean' | 'sum' | 'none' | 'mean_with_sample_weight';

/** The shape of the losses before they are reduced. */
export function gridOf(
  per: 'image' | 'batch' | 'merged-image' | 'everything',
  [samples = 1, channels = 1]: readonly number[],
): readonly number[] {
  const grids = { image: [samples, channels], batch: [channels], 'merged-image': [samples] };
  return per === 'everything' ? [] : grids[per];
}

/**
 * What `sample_weight` does: it multiplies the losses after the score, broadcast against them, so
 * that no voxel is weighted and the definition of the loss does not know it.
 *
 * Source: Keras 3.16, keras/src/losses/loss.py (`reduce_weighted_values`, `reduce_values`).
 */
export function sampleWeighted(
  weight: Tensor,
  grid: readonly number[],
  reduction: KerasReduction,
): Afterwards | NotOurs {
  const [losses, weights] = sameRank(grid, weight.shape);
  const shape = broadcast(losses, weights);
  if (shape === undefined) {
    return { notOurs: `sample_weight of shape [${weight.shape}] meets losses of shape [${grid}]` };
  }
  const elements = sizeOf(losses);
  const products = places(shape).map((place) => {
    const row = new Array<number>(elements).fill(0);
    row[offsetOf(losses, place)] = weight.data[offsetOf(weights, place)] ?? 0;
    return row;
  });
  if (reduction === 'none' || shape.length === 0) return products;
  const total = Array.from(weight.data).reduce((sum, value) => sum + value, 0);
  const divisors = { mean: products.length, sum: 1, mean_with_sample_weight: total };
  const divisor = divisors[reduction];
  const sums = Array.from({ length: elements }, (_, at) =>
    products.reduce((sum, row) => sum + (row[at] ?? 0), 0),
  );
  // Keras divides by 0 to 0.
  return [sums.map((sum) => (divisor === 0 ? 0 : sum / divisor))];
}

/** A last axis of 1 is squeezed, or given to a list, where ranks differ by one. */
function sameRank(
  first: readonly number[],
  second: readonly number[],
): readonly [readonly number[], readonly number[]] {
  if (first.length === second.length + 1 && first.at(-1) === 1) {
    return second.length === 1 ? [first, [...second, 1]] : [first.slice(0, -1), second];
  }
  if (second.length === first.length + 1 && second.at(-1) === 1) {
    return first.length === 1 ? [[...first, 1], second] : [first, second.slice(0, -1)];
  }
  return [first, second];
}

/** The shape that two shapes broadcast to, aligned at their last axes. */
function broadcast(
  first: readonly number[],
  second: readonly number[],
): readonly number[] | undefined {
  const rank = Math.max(first.length, second.length);
  const pairs = Array.from({ length: rank }, (_, axis) => [
    first[axis - rank + first.length] ?? 1,
    second[axis - rank + second.length] ?? 1,
  ]);
  return pairs.every(([a, b]) => a === b || a === 1 || b === 1)
    ? pairs.map((sizes) => Math.max(...sizes))
    : undefined;
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((size, axis) => size * axis, 1);

/** Every index of an array of a shape, row by row. */
function places(shape: readonly number[]): readonly (readonly number[])[] {
  return shape.reduce<readonly (readonly number[])[]>(
    (starts, size) =>
      starts.flatMap((start) => Array.from({ length: size }, (_, at) => [...start, at])),
    [[]],
  );
}

/** Where an array that was broadcast has the element of an index. */
function offsetOf(shape: readonly number[], place: readonly number[]): number {
  const own = place.slice(place.length - shape.length);
  return shape.reduce(
    (offset, size, axis) => offset * size + (size === 1 ? 0 : (own[axis] ?? 0)),
    0,
  );
}
