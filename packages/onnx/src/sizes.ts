import type { Axis } from '@softdice/core';
import { inLayout, positionsOf } from './layout.js';
import { elementNumber } from './model.js';
import { type Emission, integerList, type Value } from './value.js';

/** The sizes of a named axis of a tensor, one per position: a list of integers. */
export function sizes(emission: Emission, tensor: string, axis: Axis): string {
  const { graph, spatialRank } = emission;
  const [start = 0] = positionsOf(axis, emission);
  const end = start + (axis === 'voxel' ? spatialRank : 1);
  const attributes = end === 2 + spatialRank ? { start } : { start, end };
  return graph.node('Shape', [tensor], `${tensor}/${axis}-shape`, attributes);
}

/** The size of a named axis, as an integer without axes. */
export function size(emission: Emission, tensor: string, axis: Axis): string {
  const { graph, spatialRank } = emission;
  if (axis === 'voxel' && spatialRank === 0) return graph.constant('int64', [], [1]);
  const list = sizes(emission, tensor, axis);
  const name = `${tensor}/${axis}-size`;
  return axis === 'voxel'
    ? graph.node('ReduceProd', [list], name, { keepdims: 0 })
    : graph.node('Squeeze', [list], name);
}

/** 0, 1, 2 … along a named axis. */
export function indices(emission: Emission, tensor: string, axis: Axis): Value {
  const { graph, spatialRank, integers, layout } = emission;
  const [zero, one] = [graph.constant('int64', [], [0]), graph.constant('int64', [], [1])];
  const range = graph.node('Range', [zero, size(emission, tensor, axis), one], `${axis}/range`);
  const typed =
    integers === 'int64'
      ? range
      : graph.node('Cast', [range], `${axis}/${integers}`, { to: elementNumber(integers) });
  const name = graph.node('Reshape', [typed, spread(emission, tensor, axis)], `${axis}/index`);
  return { name, axes: [axis], rank: 2 + spatialRank };

  /** The shape of a list along the axis. */
  function spread(of: Emission, like: string, along: Axis): string {
    const flat = Array<number>(spatialRank).fill(1);
    if (along === 'sample') return integerList(of, inLayout(-1, 1, flat, layout));
    if (along !== 'voxel') return integerList(of, inLayout(1, -1, flat, layout));
    const single = integerList(of, [1]);
    const parts = inLayout(single, single, [sizes(of, like, 'voxel')], layout);
    return graph.node('Concat', parts, `${along}/shape`, { axis: 0 });
  }
}
