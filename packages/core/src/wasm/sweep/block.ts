import type { Node } from '../../expression/node.js';
import { extentSize } from '../../schedule/extent.js';
import type { Loop } from '../../schedule/loops.js';
import type { Sweep } from '../../schedule/schedule.js';
import {
  type Finished,
  parameter,
  type Routine,
  routine,
  type Variable,
} from '../assembler/routine.js';
import type { Type } from '../assembler/values.js';
import { f32x4, f64x2, type I32, i32, type V128, v128 } from '../assembler/values.js';
import { evaluator, operandsOf } from './evaluator.js';
import { asReal } from './lanes.js';
import { gradientName, type MemoryMap, placed, planeBytes, tensorsOf } from './memory-map.js';
import { mix } from './mix.js';
import type { Element, Place } from './place.js';

/** The parameters of a block before its tensors: scratch memory, bytes of a plane, lanes that count. */
const leading: readonly Type[] = ['i32', 'i32', 'v128'];

/** The tensors that a block takes, in the order of its parameters: an address and a stride for each. */
export function blockTensors(sweep: Sweep): readonly string[] {
  const read = tensorsOf(sweep).map(({ name }) => name);
  return sweep.gradient ? [...read, gradientName] : read;
}

/** Vectors of a whole block that one turn of a loop takes: counting and addressing cost a share of it. */
const together = 4;

/**
 * The function that computes one block of voxels: a whole one, or a part of one.
 *
 * Parameters: the scratch memory; the bytes of a plane of the block, a multiple of 16; the lanes that
 * count, all but in the last voxels of a sample; then for each tensor its address and the bytes from
 * one channel to the next.
 */
export function blockRoutine(
  sweep: Sweep,
  channels: number,
  map: MemoryMap,
  elements: Readonly<Record<string, Element>>,
  block: 'whole' | 'part',
): Finished {
  const names = blockTensors(sweep);
  const parameters = [...leading, ...names.flatMap((): readonly Type[] => ['i32', 'i32'])];
  return routine(parameters, (f) => {
    const scratch = parameter('i32', 0).get;
    const isWhole = block === 'whole';
    const bytes = isWhole ? i32.const(planeBytes) : parameter('i32', 1).get;
    const tensors = new Map(
      names.map((name, at) => [
        name,
        {
          address: parameter('i32', leading.length + 2 * at).get,
          stride: parameter('i32', leading.length + 2 * at + 1).get,
        },
      ]),
    );
    const lanes = parameter('v128', 2).get;
    const vectors = isWhole ? together : 1;
    const place = { f, scratch, bytes, vectors, lanes, tensors, elements, map };
    for (const step of sweep.steps) {
      if (step.kind === 'mix') mix(place, step.node, channels);
      else loop(place, sweep, step, extentSize(step.extent, channels));
    }
  });
}

function loop(place: Place, sweep: Sweep, step: Loop, size: number): void {
  const { f, scratch, map } = place;
  for (const reduction of step.reduces) {
    const initial = reduction.op === 'sum' ? 0 : Number.NEGATIVE_INFINITY;
    const neutral = f.constant(f32x4.const(initial));
    vectorsOf(place, (at, offset) => {
      f.do(v128.store(i32.add(scratch, at), neutral, placed(map.planes, reduction) + offset));
    });
  }
  const wide = step.extent !== 'one';
  const plane = wide ? f.variable(scratch) : undefined;
  const element = wide ? f.variable(scratch) : undefined;
  const sums = wide ? f.variable(scratch) : undefined;
  const pointers = new Map<string, Variable<'i32'>>();
  const moving = new Map([...place.tensors].filter(([name]) => hasChannels(sweep, name)));
  for (const [name, { address }] of moving) pointers.set(name, f.variable(address));
  const body = (): void => {
    channel(place, sweep, step, {
      plane: plane?.get ?? scratch,
      element: element?.get ?? scratch,
      sums: sums?.get ?? scratch,
      pointer: (name) => pointers.get(name)?.get ?? place.tensors.get(name)?.address ?? scratch,
    });
  };
  if (!wide) {
    body();
    return;
  }
  f.count(i32.const(size), 1, () => {
    body();
    const advance = (variable: Variable<'i32'> | undefined, by: I32): void => {
      if (variable) f.do(variable.set(i32.add(variable.get, by)));
    };
    advance(plane, i32.const(planeBytes));
    advance(element, i32.const(4));
    advance(sums, i32.const(16));
    for (const [name, { stride }] of moving) advance(pointers.get(name), stride);
  });
}

/** Whether a tensor has a value per channel, not one for all of them. */
function hasChannels(sweep: Sweep, tensor: string): boolean {
  const node = tensorsOf(sweep).find(({ name }) => name === tensor);
  return node === undefined || sweep.extentOf(node) !== 'one';
}

/** Goes through the vectors of a block, several in one turn: where each turn starts, and what is added. */
function vectorsOf(
  { f, bytes, vectors }: Place,
  visit: (start: I32, offset: number) => void,
): void {
  f.count(bytes, 16 * vectors, (start) => {
    for (let vector = 0; vector < vectors; vector++) visit(start, 16 * vector);
  });
}

/** Addresses of one channel. */
interface Channel {
  readonly plane: I32;
  readonly element: I32;
  readonly sums: I32;
  readonly pointer: (tensor: string) => I32;
}

function channel(place: Place, sweep: Sweep, step: Loop, at: Channel): void {
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

/** Adds where a turn starts to addresses, each once in a turn. */
function addresses(f: Routine): (start: I32, base: I32) => I32 {
  const known = new Map<I32, Map<I32, I32>>();
  return (start, base) => {
    const ofTurn = known.get(start) ?? new Map<I32, I32>();
    known.set(start, ofTurn);
    const address = ofTurn.get(base) ?? f.keep(i32.add(base, start));
    ofTurn.set(base, address);
    return address;
  };
}
