import type { NamedArray } from '../../execute/named-array.js';
import type { Node } from '../../expression/node.js';
import type { Layout } from '../../plan/layout.js';
import type { VoxelProgram } from '../../program/program.js';
import { type Schedule, scheduleOf, type Unscheduled } from '../../schedule/schedule.js';
import type { Stored } from '../sweep/place.js';
import type { KernelShape } from '../sweep/sweep-module.js';
import { type BlockSize, smallShare } from './block-size.js';
import { engineProblem, isShared, type WasmMemory } from './engine.js';
import { type Grids, gridValues, headInputs, inputSizes, namedValues, type Sizes } from './grid.js';
import { type SweepRunner, sweepRunner, type Tiles } from './run-sweep.js';

/** Inputs of a program that lie in linear memory, or come there part by part. */
export interface Placed extends Sizes {
  readonly memory: WasmMemory;
  /** The address of {@link Fused.scratchBytes} bytes, a multiple of 8. */
  readonly scratch: number;
  readonly layout: Layout;
  /** How the numbers of each input are stored. */
  readonly stored: Readonly<Record<string, Stored>>;
  readonly tiles: Tiles;
  /**
   * Whether the tensor `gradient` stays as it is between the passes, so that the first may leave there
   * what the second needs; the tiles then have the same tensor as `carried` too.
   */
  readonly carries: boolean;
}

/** What a scratch memory must be large enough for. */
export type Shape = Pick<Placed, keyof Sizes | 'layout' | 'stored' | 'memory' | 'carries'>;

/** The voxel sums of a batch, by name. */
export interface Swept {
  readonly sums: Grids;
  /** The statistics of the program. */
  readonly statistics: Grids;
}

/** A program as fused kernels: its sweeps over the voxels, and its head in float64. */
export interface Fused<P extends VoxelProgram = VoxelProgram> {
  readonly program: P;
  readonly scratchBytes: (shape: Shape) => number;
  /** The sweeps that leave the statistics. */
  readonly forward: (placed: Placed) => Swept;
  /** The value of a node of the head. */
  readonly head: (node: Node, swept: Swept) => NamedArray;
  /**
   * The sweeps that write the gradient, to the tensor `gradient` of the tiles; `carries` as before. A
   * program without a pullback has none.
   *
   * @param factors - See `coefficientInputs`.
   */
  readonly backward: (placed: Placed, swept: Swept, factors: Grids) => void;
}

/**
 * Makes the kernels of a program, or says why there can be none. They are compiled when first used.
 *
 * @param blockOf - Blocks of any size give the same but for the order of sums.
 */
export function fusedOf<P extends VoxelProgram>(
  program: P,
  blockOf: BlockSize = smallShare,
): Fused<P> | Unscheduled {
  const reason = engineProblem();
  if (reason !== undefined) return { reason };
  const schedule = scheduleOf(program);
  return 'reason' in schedule ? schedule : fusedFrom(program, schedule, blockOf);
}

interface Runners {
  readonly forward: readonly SweepRunner[];
  readonly backward: readonly SweepRunner[];
}

function fusedFrom<P extends VoxelProgram>(
  program: P,
  { forward, statistics, backward, carrying }: Schedule,
  blockOf: BlockSize,
): Fused<P> {
  const known = new Map<string, Runners>();
  const blocks = new Map<string, number>();
  const runners = ({ layout, stored, memory, carries, ...sizes }: Shape): Runners => {
    const { samples, channels, voxels } = sizes;
    const sweeps =
      carries && carrying !== undefined
        ? { forward: [carrying.forward], backward: [carrying.backward] }
        : { forward, backward };
    const size = [samples * voxels, channels, carries].join();
    const block = blocks.get(size) ?? blockOf([...sweeps.forward, ...sweeps.backward], sizes);
    blocks.set(size, block);
    const shape: KernelShape = { channels, block, layout, stored, shared: isShared(memory) };
    const key = JSON.stringify({ ...shape, carries });
    const found = known.get(key) ?? {
      forward: sweeps.forward.map((sweep) => sweepRunner(sweep, shape)),
      backward: sweeps.backward.map((sweep) => sweepRunner(sweep, shape)),
    };
    known.set(key, found);
    return found;
  };
  const run = (sweeps: readonly SweepRunner[], given: Grids, placed: Placed): Grids => {
    const { memory, scratch, samples, tiles } = placed;
    // A sweep may read the sums of those before.
    let sums: Grids = {};
    for (const sweep of sweeps) {
      sums = { ...sums, ...sweep.run(memory, scratch, samples, { ...given, ...sums }, tiles) };
    }
    return sums;
  };
  return {
    program,
    scratchBytes: (shape) => {
      const all = runners(shape);
      return Math.max(...[...all.forward, ...all.backward].map(({ scratchBytes }) => scratchBytes));
    },
    forward: (placed) => {
      const sizes = inputSizes(program, placed);
      const sums = run(runners(placed).forward, sizes, placed);
      return { sums, statistics: namedValues(statistics, { ...sizes, ...sums }) };
    },
    head: (node, swept) => {
      const [value] = gridValues([node], headInputs(swept.statistics));
      if (value === undefined) throw new TypeError('nothing was computed');
      return value;
    },
    backward: (placed, swept, factors) => {
      const sizes = inputSizes(program, placed);
      run(runners(placed).backward, { ...sizes, ...swept.sums, ...factors }, placed);
    },
  };
}
