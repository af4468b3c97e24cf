import { channelMembers, classMembers, type Member } from '../../expression/class-map.js';
import type { Mixing } from '../../schedule/loops.js';

/** What each plane of the result of a map is made of. */
export function rowsOf(node: Mixing, channels: number): readonly (readonly Member[])[] {
  return (node.op === 'toClass' ? classMembers : channelMembers)(node.map, channels);
}

/** The factors of a matrix, row by row: a row has one for every column. */
export function factorsOf(node: Mixing, channels: number): Float32Array {
  return Float32Array.from(rowsOf(node, channels).flat(), ({ factor }) => factor);
}
