import type { Shift } from '@softdice/core';
import { positionsOf } from './layout.js';
import { type Emission, integerList, type Value } from './value.js';

/** Beyond the end of any axis. */
const end = 2 ** 31 - 1;

/** `x[i + by]` along one spatial axis: the axis is filled up on one side and cut on the other. */
export function shifted(
  emission: Emission,
  x: Value,
  { dimension, by, fill }: Shift,
  wanted: string,
): string {
  const { graph, real } = emission;
  const axis = positionsOf('voxel', emission.spatialRank)[dimension];
  if (axis === undefined) throw new TypeError(`no spatial dimension ${dimension}`);
  const [before, after] = [Math.max(-by, 0), Math.max(by, 0)];
  const pads = Array<number>(2 * x.rank).fill(0);
  pads[axis] = before;
  pads[x.rank + axis] = after;
  const outside = graph.constant(real, [], [fill]);
  const filled = graph.node(
    'Pad',
    [x.name, integerList(emission, pads), outside],
    `${wanted}/filled`,
  );
  const range = [after, before > 0 ? -before : end, axis];
  return graph.node(
    'Slice',
    [filled, ...range.map((value) => integerList(emission, [value]))],
    wanted,
  );
}
