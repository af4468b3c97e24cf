import { type Finished, parameter, type Routine, routine } from '../assembler/routine.js';
import { f32x4, type I32, i32, type V128, v128 } from '../assembler/values.js';
import type { MemoryMap } from './memory-map.js';

/** Parameters of the functions below: tensor, planes, voxels, bytes from voxel to voxel and channel to channel. */
const address = (at: number): I32 => parameter('i32', at).get;

/** Moves voxels one by one between a tensor of any layout and planes, channels times. */
export function copyRoutine(
  direction: 'toPlanes' | 'fromPlanes',
  element: 'word' | 'byte',
  { planeBytes }: MemoryMap,
): Finished {
  return routine(['i32', 'i32', 'i32', 'i32', 'i32', 'i32'], (f) => {
    const [tensor, planes] = [f.variable(address(0)), f.variable(address(1))];
    f.count(address(5), 1, () => {
      const at = f.variable(tensor.get);
      const bytes = i32.shl(address(2), i32.const(2));
      f.count(f.keep(bytes), 4, (offset) => {
        const plane = i32.add(planes.get, offset);
        const load = element === 'word' ? i32.load : i32.loadByte;
        f.do(
          direction === 'toPlanes'
            ? i32.store(plane, load(at.get))
            : i32.store(at.get, i32.load(plane)),
          at.set(i32.add(at.get, address(3))),
        );
      });
      f.do(
        tensor.set(i32.add(tensor.get, address(4))),
        planes.set(i32.add(planes.get, i32.const(planeBytes))),
      );
    });
  });
}

/**
 * Moves blocks between a channels-last tensor and planes, four voxels at once.
 *
 * Parameters: tensor, planes, bytes of a plane of the block (a multiple of 16).
 */
export function transposeRoutine(
  direction: 'toPlanes' | 'fromPlanes',
  channels: number,
  { planeBytes }: MemoryMap,
): Finished {
  return routine(['i32', 'i32', 'i32'], (f) => {
    const tensor = f.variable(address(0));
    f.count(address(2), 16, (offset) => {
      const planes = f.keep(i32.add(address(1), offset));
      const move = channels < 4 ? few : many;
      move(f, direction, channels, tensor.get, planes, planeBytes);
      f.do(tensor.set(i32.add(tensor.get, i32.const(16 * channels))));
    });
  });
}

/** Tiles of four channels; the last one overlaps its neighbour where four do not divide them. */
function many(
  f: Routine,
  direction: 'toPlanes' | 'fromPlanes',
  channels: number,
  tensor: I32,
  planes: I32,
  planeBytes: number,
): void {
  for (let first = 0; first < channels; first += 4) {
    const channel = Math.min(first, channels - 4);
    const inTensor = (voxel: number): number => 4 * (voxel * channels + channel);
    const inPlanes = (at: number): number => planeBytes * (channel + at);
    const [from, read, to, written] =
      direction === 'toPlanes'
        ? [tensor, inTensor, planes, inPlanes]
        : [planes, inPlanes, tensor, inTensor];
    const row = (at: number): V128 => f.keep(v128.load(from, read(at)));
    transposed(f, [row(0), row(1), row(2), row(3)]).forEach((column, at) => {
      f.do(v128.store(to, column, written(at)));
    });
  }
}

function transposed(f: Routine, [a, b, c, d]: readonly [V128, V128, V128, V128]): readonly V128[] {
  const pairs = (x: V128, y: V128): readonly [V128, V128] => [
    f.keep(v128.lanes(x, y, [0, 4, 1, 5])),
    f.keep(v128.lanes(x, y, [2, 6, 3, 7])),
  ];
  const [abLow, abHigh] = pairs(a, b);
  const [cdLow, cdHigh] = pairs(c, d);
  return [
    v128.lanes(abLow, cdLow, [0, 1, 4, 5]),
    v128.lanes(abLow, cdLow, [2, 3, 6, 7]),
    v128.lanes(abHigh, cdHigh, [0, 1, 4, 5]),
    v128.lanes(abHigh, cdHigh, [2, 3, 6, 7]),
  ];
}

/** Two or three channels: four voxels are as many vectors as channels, whose lanes are dealt out. */
function few(
  f: Routine,
  direction: 'toPlanes' | 'fromPlanes',
  channels: number,
  tensor: I32,
  planes: I32,
  planeBytes: number,
): void {
  const numbers = Array.from({ length: channels }, (_, at) => at);
  const inTensor = (at: number): number => 16 * at;
  const inPlanes = (at: number): number => planeBytes * at;
  const [from, read, to, written] =
    direction === 'toPlanes'
      ? [tensor, inTensor, planes, inPlanes]
      : [planes, inPlanes, tensor, inTensor];
  const vectors = numbers.map((at) => f.keep(v128.load(from, read(at))));
  for (const at of numbers) {
    const sources = [0, 1, 2, 3].map((lane) =>
      direction === 'toPlanes'
        ? lane * channels + at
        : ((4 * at + lane) % channels) * 4 + Math.floor((4 * at + lane) / channels),
    );
    f.do(v128.store(to, dealt(f, vectors, sources), written(at)));
  }
}

/** Four numbers out of several vectors, by their places in all of them. */
function dealt(f: Routine, vectors: readonly V128[], places: readonly number[]): V128 {
  const [start = f32x4.const(0)] = vectors;
  return vectors.reduce((sum, vector, at) => {
    const lanes = places.map((place, lane) =>
      Math.floor(place / 4) === at ? 4 + (place % 4) : lane,
    );
    return f.keep(v128.lanes(sum, vector, lanes));
  }, start);
}
