import type { Mixing } from '../../schedule/loops.js';
import { f32x4, i32, v128 } from '../assembler/values.js';
import { rowsOf } from './matrix.js';
import { type Matrix, placed } from './memory-map.js';
import type { Place } from './place.js';

/** Makes each plane of the result of a map: the sum of its members, or of factors times members. */
export function mix(place: Place, node: Mixing, channels: number): void {
  const matrix = place.map.matrices.get(node);
  const rows = rowsOf(node, channels);
  if (matrix === undefined) addMembers(place, node, rows);
  else multiply(place, node, matrix, rows.length);
}

/** Members are few: each is an instruction. */
function addMembers(
  { f, scratch, bytes, map }: Place,
  node: Mixing,
  rows: ReturnType<typeof rowsOf>,
): void {
  const { planeBytes } = map;
  const [from, to] = [placed(map.planes, node.args[0]), placed(map.planes, node)];
  f.count(bytes, 16, (offset) => {
    const at = f.keep(i32.add(scratch, offset));
    rows.forEach((row, result) => {
      const [first = f32x4.const(0), ...rest] = row.map(({ channel }) =>
        v128.load(at, from + channel * planeBytes),
      );
      const sum = rest.reduce((a, b) => f32x4.add(a, b), first);
      f.do(v128.store(at, sum, to + result * planeBytes));
    });
  });
}

/** A loop over rows and one over the factors of each; as instructions, thousands take seconds to compile. */
function multiply(
  { f, scratch, bytes, vectors, map }: Place,
  node: Mixing,
  { at, factors }: Matrix,
  rows: number,
): void {
  const { planeBytes } = map;
  const [from, to] = [placed(map.planes, node.args[0]), placed(map.planes, node)];
  const columns = factors.length / rows;
  f.count(bytes, 16 * vectors, (offset) => {
    const start = f.keep(i32.add(scratch, offset));
    const factor = f.variable(scratch);
    const result = f.variable(start);
    f.count(i32.const(rows), 1, () => {
      const sums = Array.from({ length: vectors }, () => f.variable(f32x4.const(0)));
      const plane = f.variable(start);
      f.count(i32.const(columns), 1, () => {
        const times = f.keep(v128.loadSplat(factor.get, at));
        sums.forEach((sum, vector) => {
          const member = v128.load(plane.get, from + 16 * vector);
          f.do(sum.set(f32x4.add(sum.get, f32x4.mul(times, member))));
        });
        f.do(
          factor.set(i32.add(factor.get, i32.const(4))),
          plane.set(i32.add(plane.get, i32.const(planeBytes))),
        );
      });
      sums.forEach((sum, vector) => {
        f.do(v128.store(result.get, sum.get, to + 16 * vector));
      });
      f.do(result.set(i32.add(result.get, i32.const(planeBytes))));
    });
  });
}
