import type { NamedArray } from '../../execute/named-array.js';
import type { Sweep } from '../../schedule/schedule.js';
import { placed } from '../sweep/memory-map.js';
import { type Kernel, type KernelShape, kernelOf } from '../sweep/sweep-module.js';
import { bound, compiled, type SweepFunction, type WasmMemory, words } from './engine.js';
import { type Grids, gridValues } from './grid.js';

/** Where a tensor lies in linear memory, and the bytes from one channel to the next. */
export interface Location {
  readonly address: number;
  readonly stride: number;
}

/** Voxels of one sample that lie in linear memory. */
export interface Tile {
  readonly voxels: number;
  readonly tensors: Readonly<Record<string, Location>>;
}

/** Brings tensors of a sample into memory, part by part of the voxels, and hands over each part. */
export type Tiles = (sample: number, tensors: readonly string[], use: (tile: Tile) => void) => void;

/** A sweep that is ready to run. */
export interface SweepRunner {
  readonly scratchBytes: number;
  /** The sums of the sweep, [sample, channel or class]; the gradient is written in place. */
  readonly run: (
    memory: WasmMemory,
    scratch: number,
    samples: number,
    given: Grids,
    tiles: Tiles,
  ) => Grids;
}

/** Compiles a sweep. */
export function sweepRunner(sweep: Sweep, shape: KernelShape): SweepRunner {
  const kernel = kernelOf(sweep, shape);
  const module = compiled(kernel.bytes);
  const functions = new WeakMap<WasmMemory, SweepFunction>();
  const functionIn = (memory: WasmMemory): SweepFunction => {
    const known = functions.get(memory) ?? bound(module, memory);
    functions.set(memory, known);
    return known;
  };
  return {
    scratchBytes: kernel.map.size,
    run: (memory, scratch, samples, given, tiles) => {
      const swept = functionIn(memory);
      const operands = gridValues(
        sweep.operands.map(({ node }) => node),
        given,
      );
      const totals = sweep.sums.map(({ name, node }) => ({ name, node, data: [] as number[] }));
      for (const { at, factors } of kernel.map.matrices.values()) {
        words('float32', memory.buffer, scratch + at, factors.length).set(factors);
      }
      for (let sample = 0; sample < samples; sample++) {
        clear(memory, scratch, kernel);
        writeOperands(memory, scratch, sweep, kernel, operands, sample);
        tiles(sample, kernel.tensors, ({ voxels, tensors }) => {
          const locations = kernel.tensors.flatMap((name) => {
            const { address, stride } = tensors[name] ?? missing(name);
            return [address, stride];
          });
          swept(scratch, voxels, ...locations);
        });
        for (const { name, data } of totals) data.push(...readSum(memory, scratch, kernel, name));
      }
      return Object.fromEntries(
        totals.map(({ name, node, data }): readonly [string, NamedArray] => {
          const axes = node.axes.filter((axis) => axis !== 'voxel');
          const shape = axes.length === 1 ? [samples] : [samples, data.length / samples];
          return [name, { axes, shape, data: Float64Array.from(data) }];
        }),
      );
    },
  };
}

function missing(name: string): never {
  throw new TypeError(`tensor ${name} was not given`);
}

/** The part of each operand that belongs to a sample; the memory may have grown since the last one. */
function writeOperands(
  { buffer }: WasmMemory,
  scratch: number,
  { operands }: Sweep,
  { map }: Kernel,
  values: readonly NamedArray[],
  sample: number,
): void {
  operands.forEach(({ name, node }, at) => {
    const { axes, shape, data } = values[at] ?? missing(name);
    const length = axes.includes('sample') ? data.length / (shape[0] ?? 1) : data.length;
    const first = axes.includes('sample') ? sample * length : 0;
    const kind = node.type === 'integer' ? 'int32' : 'float32';
    const address = scratch + placed(map.operands, name);
    words(kind, buffer, address, length).set(data.subarray(first, first + length));
  });
}

/** Sums lie behind operands, which are yet to be written, and before what is staged. */
function clear({ buffer }: WasmMemory, scratch: number, { map }: Kernel): void {
  new Uint8Array(buffer, scratch, Math.min(map.size, ...map.staged.values())).fill(0);
}

function readSum(
  { buffer }: WasmMemory,
  scratch: number,
  { map, sumSizes }: Kernel,
  name: string,
): readonly number[] {
  const length = placed(sumSizes, name);
  const halves = new Float64Array(buffer, scratch + placed(map.sums, name), 2 * length);
  return Array.from({ length }, (_, at) => (halves[2 * at] ?? 0) + (halves[2 * at + 1] ?? 0));
}
