import { channelMembers, classMembers } from '../../expression/class-map.js';
import type { Mixing } from '../../schedule/loops.js';
import { f32x4, i32, type V128, v128 } from '../assembler/values.js';
import { placed } from './memory-map.js';
import type { Place } from './place.js';

/** Applies the matrix of a map to planes: each plane of the result is the sum of factors times members. */
export function mix({ f, scratch, bytes, map }: Place, node: Mixing, channels: number): void {
  const { planeBytes } = map;
  const members = (node.op === 'toClass' ? classMembers : channelMembers)(node.map, channels);
  const [from, to] = [placed(map.planes, node.args[0]), placed(map.planes, node)];
  f.count(bytes, 16, (offset) => {
    const at = f.keep(i32.add(scratch, offset));
    members.forEach((row, result) => {
      const loaded = row
        .filter(({ factor }) => factor !== 0)
        .map(({ channel, factor }): V128 => {
          const plane = v128.load(at, from + channel * planeBytes);
          return factor === 1 ? plane : f32x4.mul(f32x4.const(factor), plane);
        });
      const [first = f32x4.const(0), ...rest] = loaded;
      f.do(
        v128.store(
          at,
          rest.reduce((a, b) => f32x4.add(a, b), first),
          to + result * planeBytes,
        ),
      );
    });
  });
}
