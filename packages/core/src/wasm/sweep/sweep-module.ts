import type { Layout } from '../../plan/layout.js';
import { extentSize } from '../../schedule/extent.js';
import type { Sweep } from '../../schedule/schedule.js';
import { call, moduleBytes, type NamedRoutine } from '../assembler/module.js';
import type { Statement, Type, Value } from '../assembler/values.js';
import { blockRoutine, blockTensors } from './block.js';
import { gradientName, type MemoryMap, memoryMap, tensorsOf } from './memory-map.js';
import type { Stored } from './place.js';
import { copyRoutine, transposeRoutine } from './stage.js';
import { type Walk, walkRoutine } from './walk.js';

/** What a kernel is made for. */
export interface KernelShape {
  readonly channels: number;
  /** Voxels of a whole block. */
  readonly block: number;
  readonly layout: Layout;
  /** By the name of the tensor. */
  readonly stored: Readonly<Record<string, Stored>>;
  /** Whether its memory is shared between threads. */
  readonly shared: boolean;
}

/** A sweep as a WebAssembly module. */
export interface Kernel {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly map: MemoryMap;
  /** How many channels or classes each voxel sum has. */
  readonly sumSizes: ReadonlyMap<string, number>;
  /**
   * The tensors of which the exported function `sweep` takes address and channel stride, after the
   * scratch memory and the number of voxels.
   */
  readonly tensors: readonly string[];
}

/** Makes the module of a sweep. */
export function kernelOf(sweep: Sweep, shape: KernelShape): Kernel {
  const { channels } = shape;
  const map = memoryMap(sweep, channels, shape.block);
  const walks = walksOf(sweep, shape);
  const elements = Object.fromEntries(
    walks.map(({ name, stored }) => [name, stored === 'uint8' ? 'int32' : stored] as const),
  );
  const transposes = channels > 1 && walks.some(({ transposed }) => transposed);
  const inner = [
    { name: 'block', routine: blockRoutine(sweep, channels, map, elements, 'whole') },
    { name: 'partOfBlock', routine: blockRoutine(sweep, channels, map, elements, 'part') },
    { name: 'copyWords', routine: copyRoutine('toPlanes', 'word', map) },
    { name: 'copyBytes', routine: copyRoutine('toPlanes', 'byte', map) },
    { name: 'copyBack', routine: copyRoutine('fromPlanes', 'word', map) },
    ...(transposes
      ? [
          { name: 'transpose', routine: transposeRoutine('toPlanes', channels, map) },
          { name: 'transposeBack', routine: transposeRoutine('fromPlanes', channels, map) },
        ]
      : []),
  ];
  const callOf = (name: string, ...args: readonly Value<Type>[]): Statement =>
    call(
      inner.findIndex((routine) => routine.name === name),
      args,
    );
  const routines: readonly NamedRoutine[] = [
    ...inner.map((routine) => ({ ...routine, exported: false })),
    { name: 'sweep', routine: walkRoutine(walks, map, callOf), exported: true },
  ];
  return {
    bytes: moduleBytes(routines, shape.shared),
    map,
    sumSizes: new Map(sweep.sums.map(({ name, extent }) => [name, extentSize(extent, channels)])),
    tensors: walks.map(({ name }) => name),
  };
}

function walksOf(sweep: Sweep, { channels, layout, stored }: KernelShape): readonly Walk[] {
  const wide = new Set(
    tensorsOf(sweep).flatMap((node) => (sweep.extentOf(node) === 'one' ? [] : [node.name])),
  );
  return blockTensors(sweep).map((name): Walk => {
    const own = name === gradientName || wide.has(name) ? channels : 1;
    const kind = name === gradientName ? 'float32' : (stored[name] ?? 'float32');
    const size = kind === 'uint8' ? 1 : 4;
    const apart = layout === 'channelsLast' && own > 1;
    return {
      name,
      channels: own,
      stored: kind,
      step: apart ? size * own : size,
      direct: !apart && size === 4,
      transposed: apart && size === 4,
    };
  });
}
