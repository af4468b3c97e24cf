import type { Axis } from '@softdice/core';
import { type Layout, positionsOf, type SpatialRank } from './layout.js';
import { elementNumber } from './model.js';
import { type Emission, integerList, type Value } from './value.js';

/**
 * A tensor from whose shape sizes are read. A tensor is kept for as long as something may ask for its shape, so
 * sizes are read from the inputs of the graph where they can be.
 */
export interface Sized {
  readonly name: string;
  /** Where its channels stand; last as well where it has no such axis. */
  readonly layout: Layout;
  readonly spatialRank: SpatialRank;
}

/** The sizes of the input that has all of them. */
export function predictionSized({ prediction, layout, borderRank }: Emission): Sized {
  return { name: prediction, layout, spatialRank: borderRank };
}

/** The tensor from which the sizes of a value are read. */
export function sizedAs({ spatialRank }: Emission, { name, sized }: Value): Sized {
  return sized ?? { name, layout: 'channelsFirst', spatialRank };
}

/** The sizes of a named axis of a tensor, one per position: a list of integers. */
export function sizes(emission: Emission, of: Sized, axis: Axis): string {
  const block = emission.blocks?.get(of.name);
  if (block !== undefined) {
    if (axis !== 'voxel') return sizes(emission, block.of, axis);
    const list = integerList(emission, [1]);
    return emission.graph.node('Reshape', [block.voxels, list], `${block.voxels}/list`);
  }
  const positions = positionsOf(axis, of.spatialRank, of.layout);
  const [start = 0] = positions;
  const end = start + positions.length;
  const attributes = end === 2 + of.spatialRank ? { start } : { start, end };
  return emission.graph.node('Shape', [of.name], `${of.name}/${axis}-shape`, attributes);
}

/** The size of a named axis, as an integer without axes. */
export function size(emission: Emission, of: Sized, axis: Axis): string {
  const { graph } = emission;
  if (axis === 'voxel' && of.spatialRank === 0) return graph.constant('int64', [], [1]);
  const block = emission.blocks?.get(of.name);
  if (axis === 'voxel' && block !== undefined) return block.voxels;
  const list = sizes(emission, of, axis);
  const name = `${of.name}/${axis}-size`;
  return axis === 'voxel'
    ? graph.node('ReduceProd', [list], name, { keepdims: 0 })
    : graph.node('Squeeze', [list], name);
}

/** Where the axes of an input stand that come first, second and so on where its channels are first. */
export function channelsFirstOrder({ layout, borderRank }: Emission): readonly number[] {
  const axes: readonly Axis[] = ['sample', 'channel', 'voxel'];
  return axes.flatMap((axis) => positionsOf(axis, borderRank, layout));
}

/** The shape of the prediction, its channels first. */
export function predictionShape(emission: Emission): string {
  const { graph, prediction, layout, borderRank } = emission;
  const shape = graph.node('Shape', [prediction], `${prediction}/shape`);
  if (layout === 'channelsFirst' || borderRank === 0) return shape;
  const order = integerList(emission, channelsFirstOrder(emission));
  return graph.node('Gather', [shape, order], `${prediction}/channels-first-shape`);
}

/** 0, 1, 2 … along a named axis. */
export function indices(emission: Emission, of: Sized, axis: Axis): Value {
  const { graph, spatialRank, integers } = emission;
  const [zero, one] = [graph.constant('int64', [], [0]), graph.constant('int64', [], [1])];
  const range = graph.node('Range', [zero, size(emission, of, axis), one], `${axis}/range`);
  const typed =
    integers === 'int64'
      ? range
      : graph.node('Cast', [range], `${axis}/${integers}`, { to: elementNumber(integers) });
  const name = graph.node('Reshape', [typed, spread(emission, of, axis)], `${axis}/index`);
  return { name, axes: [axis], rank: 2 + spatialRank };
}

/** The shape of a list along an axis. */
function spread(emission: Emission, of: Sized, along: Axis): string {
  const { graph, spatialRank } = emission;
  const flat = Array<number>(spatialRank).fill(1);
  if (along === 'sample') return integerList(emission, [-1, 1, ...flat]);
  if (along !== 'voxel') return integerList(emission, [1, -1, ...flat]);
  if (spatialRank === 1) return integerList(emission, [1, 1, -1]);
  const before = integerList(emission, [1, 1]);
  return graph.node('Concat', [before, sizes(emission, of, 'voxel')], 'voxel/shape', { axis: 0 });
}
