import { extentSize } from '../../schedule/extent.js';
import type { Loop } from '../../schedule/loops.js';
import type { Sweep } from '../../schedule/schedule.js';
import { type Finished, parameter, routine, type Variable } from '../assembler/routine.js';
import type { Type } from '../assembler/values.js';
import { f32x4, type I32, i32, v128 } from '../assembler/values.js';
import { channel } from './channel.js';
import { gradientName, type MemoryMap, placed, tensorsOf } from './memory-map.js';
import { mix } from './mix.js';
import type { Element, Place } from './place.js';
import { vectorsOf } from './vectors.js';

/** The parameters of a block before its tensors: scratch memory, bytes of a plane, lanes that count. */
const leading: readonly Type[] = ['i32', 'i32', 'v128'];

/** The tensors that a block takes, in the order of its parameters: an address and a stride for each. */
export function blockTensors(sweep: Sweep): readonly string[] {
  const read = tensorsOf(sweep).map(({ name }) => name);
  return sweep.gradient ? [...read, gradientName] : read;
}

/** Vectors of a whole block that one turn of a loop takes at most: counting and addressing cost a share of it. */
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
    const bytes = isWhole ? i32.const(map.planeBytes) : parameter('i32', 1).get;
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
    const vectors = isWhole ? Math.min(together, map.planeBytes / 16) : 1;
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
    advance(plane, i32.const(map.planeBytes));
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
