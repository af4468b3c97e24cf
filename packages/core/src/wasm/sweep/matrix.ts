import { channelMembers, classMembers, type Member } from '../../expression/class-map.js';
import type { Mixing } from '../../schedule/loops.js';

/** What each plane of the result of a map is made of. */
export function rowsOf(node: Mixing, channels: number): readonly (readonly Member[])[] {
  return (node.op === 'toClass' ? classMembers : channelMembers)(node.map, channels);
}

/** The factors of a matrix, row by row; undefined for a map that adds up channels. */
export function factorsOf(node: Mixing, channels: number): Float32Array | undefined {
  const { map } = node;
  if (map.kind !== 'matrix') return undefined;
  const columns = node.op === 'toClass' ? channels : map.rows.length;
  const rows = rowsOf(node, channels);
  const factors = new Float32Array(rows.length * columns);
  rows.forEach((row, at) => {
    for (const { channel, factor } of row) factors[at * columns + channel] = factor;
  });
  return factors;
}
