import { inLayout, positionsOf } from './layout.js';
import { size } from './sizes.js';
import { type Emission, integerList, type Value } from './value.js';

/**
 * Runtimes add the numbers of one reduction with a few accumulators, so that the error of a float32
 * sum grows with the number of summands: 1e-3 over a million, below 1e-6 over 256.
 */
const blockLength = 256;

/** The sum over the voxels, with a small error also over many: never in one reduction. */
export function voxelSum(emission: Emission, x: Value, wanted: string): string {
  return emission.spatialRank === 1
    ? blockwiseSum(emission, x.name, wanted)
    : axiswiseSum(emission, x.name, wanted);
}

/** Sums the last axis first, which is contiguous, then the one before it. */
function axiswiseSum(emission: Emission, x: string, wanted: string): string {
  const positions = positionsOf('voxel', emission);
  return [...positions].reverse().reduce((sum, position) => {
    const name = position === positions[0] ? wanted : `${wanted}/axis-${position}`;
    return reduced(emission, sum, [position], name);
  }, x);
}

/** Sums blocks, then blocks of those sums, then the rest: the only spatial axis may be very long. */
function blockwiseSum(emission: Emission, x: string, wanted: string): string {
  const voxels = size(emission, emission.prediction, 'voxel');
  const first = blockSums(emission, x, voxels, `${wanted}/blocks`);
  const second = blockSums(emission, first.sums, first.count, `${wanted}/blocks-of-blocks`);
  return reduced(emission, second.sums, positionsOf('voxel', emission), wanted);
}

/** Sums of the blocks of the only spatial axis, the last block filled up with zeros. */
function blockSums(
  emission: Emission,
  x: string,
  length: string,
  wanted: string,
): { readonly sums: string; readonly count: string } {
  const { graph, layout } = emission;
  const integer = (value: number): string => graph.constant('int64', [], [value]);
  const list = (scalar: string, name: string): string =>
    graph.node('Unsqueeze', [scalar, integerList(emission, [0])], name);
  // A short axis is one block: it is not filled up.
  const block = graph.node('Min', [length, integer(blockLength)], 'voxel/block');
  const rounded = graph.node(
    'Add',
    [length, graph.node('Sub', [block, integer(1)], 'voxel/block-last')],
    'voxel/rounded',
  );
  const count = graph.node('Div', [rounded, block], 'voxel/block-count');
  const filled = graph.node('Mul', [count, block], 'voxel/filled');
  const missing = graph.node('Sub', [filled, length], 'voxel/missing');
  const none = integerList(emission, [0]);
  const added = inLayout(none, none, [list(missing, 'voxel/missing-list')], layout);
  const pads = graph.node('Concat', [integerList(emission, [0, 0, 0]), ...added], 'voxel/pads', {
    axis: 0,
  });
  const blocks = [list(count, 'voxel/block-counts'), list(block, 'voxel/block-list')];
  const rest = integerList(emission, [-1]);
  const shape = graph.node('Concat', inLayout(none, rest, blocks, layout), 'voxel/block-shape', {
    axis: 0,
  });
  const padded = graph.node('Pad', [x, pads], `${wanted}/filled`);
  const split = graph.node('Reshape', [padded, shape], `${wanted}/split`);
  const [first = 0] = positionsOf('voxel', emission);
  const sums = graph.node('ReduceSum', [split, integerList(emission, [first + 1])], wanted, {
    keepdims: 0,
  });
  return { sums, count };
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
