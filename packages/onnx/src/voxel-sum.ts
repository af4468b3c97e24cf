import { divisors } from './divisors.js';
import { elementNumber } from './model.js';
import { predictionSized, size } from './sizes.js';
import { type Emission, integerList, type Value } from './value.js';

/**
 * Runtimes add the numbers of one reduction with a few accumulators, so that the error of a float32
 * sum grows with the number of summands: 2e-2 over 7 million equal ones, 1e-6 over a thousand.
 */
const longestBlock = 1024;

/**
 * The sum over the voxels, with a small error also over many: of blocks, then of the sums of about
 * √count of them, then of those.
 *
 * A block is as long as the largest divisor of the number of voxels allows, so that no voxel is copied to
 * fill one up; the sums of the blocks, which are few, are filled up with zeros. Where the voxels are a prime
 * number, blocks have one voxel and all is filled up.
 */
export function voxelSum(emission: Emission, x: Value, wanted: string): string {
  const { graph, spatialRank } = emission;
  const { length, count } = blocks(emission);
  const split = graph.node(
    'Reshape',
    [x.name, cutInto(emission, length, 'voxel/blocks')],
    `${wanted}/blocks`,
  );
  const sums = summed(emission, split, 3, `${wanted}/of-blocks`);
  // They are added with those of other blocks, and stay where the voxels were.
  if (emission.blocks !== undefined) return sums;
  const total = sumOfSums(emission, sums, count, wanted);
  if (spatialRank === 1) return total;
  const kept = [0, 0, ...Array<number>(spatialRank).fill(1)];
  return graph.node('Reshape', [total, integerList(emission, kept)], `${wanted}/keepdims`);
}

/**
 * The sum of the last of three axes, which stays with size 1: of groups, then of their sums.
 *
 * @param count - The size of that axis, as a list of one integer.
 */
export function sumOfSums(emission: Emission, sums: string, count: string, wanted: string): string {
  const { graph } = emission;
  const groups = groupsOf(emission, count);
  const filled = graph.node('Pad', [sums, groups.pads], `${wanted}/filled`);
  const grouped = graph.node(
    'Reshape',
    [filled, cutInto(emission, groups.length, 'voxel/groups')],
    `${wanted}/groups`,
  );
  return summed(emission, summed(emission, grouped, 3, `${wanted}/of-groups`), 2, wanted, 1);
}

/** The shape of three axes of which the last is cut into runs of a length. */
function cutInto(emission: Emission, length: string, wanted: string): string {
  return emission.graph.node('Concat', [integerList(emission, [0, 0, -1]), length], wanted, {
    axis: 0,
  });
}

function summed(
  emission: Emission,
  tensor: string,
  axis: number,
  wanted: string,
  keepdims = 0,
): string {
  return emission.graph.node('ReduceSum', [tensor, integerList(emission, [axis])], wanted, {
    keepdims,
  });
}

/** Length and number of the blocks, as lists of one integer. */
function blocks(emission: Emission): { readonly length: string; readonly count: string } {
  const { graph } = emission;
  const voxels = size(emission, predictionSized(emission), 'voxel');
  const lengths = Array.from({ length: longestBlock }, (_, at) => at + 1);
  const candidates = integerList(emission, lengths);
  const { divisors: chosen } = divisors(emission, voxels, candidates, 'voxel');
  const length = graph.node('ReduceMax', [chosen], 'voxel/block-length', { keepdims: 1 });
  return { length, count: graph.node('Div', [voxels, length], 'voxel/block-count') };
}

/** Groups of about √count sums, and how many zeros fill the last one. */
function groupsOf(
  emission: Emission,
  count: string,
): { readonly length: string; readonly pads: string } {
  const { graph } = emission;
  const one = integerList(emission, [1]);
  const real = graph.node('Cast', [count], 'voxel/real-count', { to: elementNumber('float') });
  const root = graph.node('Sqrt', [real], 'voxel/root');
  const below = graph.node('Cast', [root], 'voxel/whole-root', { to: elementNumber('int64') });
  const length = graph.node('Add', [below, one], 'voxel/group-length');
  // ceil(count / length) = floor((count + root) / length).
  const upper = graph.node('Add', [count, below], 'voxel/upper-count');
  const groups = graph.node('Div', [upper, length], 'voxel/group-count');
  const full = graph.node('Mul', [groups, length], 'voxel/filled-count');
  const missing = graph.node('Sub', [full, count], 'voxel/missing');
  const before = integerList(emission, [0, 0, 0, 0, 0]);
  const pads = graph.node('Concat', [before, missing], 'voxel/pads', { axis: 0 });
  return { length, pads };
}

/** A sum over axes by position, which stay with size 1. */
export function reduced(
  emission: Emission,
  x: string,
  positions: readonly number[],
  wanted: string,
): string {
  const axes = integerList(emission, positions);
  return emission.graph.node('ReduceSum', [x, axes], wanted, { keepdims: 1 });
}
