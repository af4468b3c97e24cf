import type { Axis } from '@softdice/core';
import { elementNumber } from './model.js';
import { type Emission, integerList, type Value } from './value.js';

/** The sizes of a named axis of a tensor, one per position: a list of integers. */
function sizes({ graph }: Emission, tensor: string, axis: Axis): string {
  const [start, end] = axis === 'voxel' ? [2, undefined] : axis === 'sample' ? [0, 1] : [1, 2];
  const attributes = end === undefined ? { start } : { start, end };
  return graph.node('Shape', [tensor], `${tensor}/${axis}-shape`, attributes);
}

/** The sizes of the spatial axes: a list of integers. */
export function spatialShape(emission: Emission): string {
  return sizes(emission, emission.prediction, 'voxel');
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
  const { graph, spatialRank, integers } = emission;
  const [zero, one] = [graph.constant('int64', [], [0]), graph.constant('int64', [], [1])];
  const range = graph.node('Range', [zero, size(emission, tensor, axis), one], `${axis}/range`);
  const typed =
    integers === 'int64'
      ? range
      : graph.node('Cast', [range], `${axis}/${integers}`, { to: elementNumber(integers) });
  const spread = (first: number, second: number): string =>
    integerList(emission, [first, second, ...Array<number>(spatialRank).fill(1)]);
  const shape =
    axis === 'sample'
      ? spread(-1, 1)
      : axis !== 'voxel'
        ? spread(1, -1)
        : graph.node(
            'Concat',
            [integerList(emission, [1, 1]), sizes(emission, tensor, 'voxel')],
            `${axis}/shape`,
            { axis: 0 },
          );
  const name = graph.node('Reshape', [typed, shape], `${axis}/index`);
  return { name, axes: [axis], rank: 2 + spatialRank };
}
