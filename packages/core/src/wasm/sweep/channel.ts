import type { Node } from '../../expression/node.js';
import type { Loop } from '../../schedule/loops.js';
import type { Sweep } from '../../schedule/schedule.js';
import { f32x4, f64x2, type I32, type V128, v128 } from '../assembler/values.js';
import { evaluator, operandsOf } from './evaluator.js';
import { asReal } from './lanes.js';
import { gradientName, placed } from './memory-map.js';
import type { Place } from './place.js';
import { addresses, vectorsOf } from './vectors.js';

/** Addresses of one channel. */
export interface Channel {
  readonly plane: I32;
  readonly element: I32;
  readonly sums: I32;
  readonly pointer: (tensor: string) => I32;
}

/** What a loop does to the voxels of one channel: keeps, reduces, sums, writes. */
export function channel(place: Place, sweep: Sweep, step: Loop, at: Channel): void {
  const { f, map } = place;
  const operands = new Map<string, V128>();
  const totals = sweep.sums
    .filter(({ name }) => step.sums.includes(name))
    .map((sum) => ({ ...sum, total: f.variable(f32x4.const(0)) }));
  const results = [
    ...step.keeps,
    ...step.reduces.map(({ args }) => args[0]),
    ...totals.map(({ node }) => node),
    ...(step.gradient && sweep.gradient ? [sweep.gradient] : []),
  ];
  // Operands are read before the voxels: they are the same for all of them.
  for (const node of operandsOf(results, map)) {
    const from = node.axes.some((axis) => axis === 'channel' || axis === 'class')
      ? at.element
      : place.scratch;
    operands.set(node.name, f.keep(v128.loadSplat(from, placed(map.operands, node.name))));
  }
  const addressOf = addresses(f);
  vectorsOf(place, (start, offset) => {
    const narrow = addressOf(start, place.scratch);
    const wide = addressOf(start, at.plane);
    const tensor = (name: string): I32 => addressOf(start, at.pointer(name));
    const value = evaluator(place, step, {
      operand: (name) => operands.get(name) ?? f.constant(f32x4.const(Number.NaN)),
      plane: (node) =>
        v128.load(
          sweep.extentOf(node) === 'one' ? narrow : wide,
          placed(map.planes, node) + offset,
        ),
      tensor: (name) => v128.load(tensor(name), offset),
    });
    const number = (node: Node): V128 => asReal(f, value(node));
    for (const node of step.keeps) {
      const to = sweep.extentOf(node) === 'one' ? narrow : wide;
      f.do(v128.store(to, number(node), placed(map.planes, node) + offset));
    }
    for (const node of step.reduces) {
      const plane = placed(map.planes, node) + offset;
      const combine = node.op === 'sum' ? f32x4.add : f32x4.pmax;
      f.do(v128.store(narrow, combine(v128.load(narrow, plane), number(node.args[0])), plane));
    }
    for (const { node, total } of totals) f.do(total.set(f32x4.add(total.get, number(node))));
    if (step.gradient && sweep.gradient) {
      f.do(v128.store(tensor(gradientName), number(sweep.gradient), offset));
    }
  });
  for (const { name, total } of totals) {
    // What lies beside the last voxels of a sample does not count, whatever it is.
    const counted = f.keep(v128.and(total.get, place.lanes));
    const high = f64x2.promote(v128.lanes(counted, counted, [2, 3, 2, 3]));
    const sum = f64x2.add(f64x2.promote(counted), high);
    const to = placed(map.sums, name);
    f.do(v128.store(at.sums, f64x2.add(v128.load(at.sums, to), sum), to));
  }
}
