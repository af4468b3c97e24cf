import { extentSize } from '../../schedule/extent.js';
import type { Sweep } from '../../schedule/schedule.js';
import { call, moduleBytes, type NamedRoutine } from '../assembler/module.js';
import { type Finished, parameter, routine } from '../assembler/routine.js';
import {
  type I32,
  i32,
  i32x4,
  type Statement,
  type Type,
  type V128,
  type Value,
} from '../assembler/values.js';
import { blockRoutine, blockTensors } from './block.js';
import {
  blockVoxels,
  gradientName,
  type MemoryMap,
  memoryMap,
  placed,
  planeBytes,
  tensorsOf,
} from './memory-map.js';
import type { Element } from './place.js';
import { copyRoutine, transposeRoutine } from './stage.js';

/** Where the channels are: with the voxels of each together, or with those of each voxel together. */
export type Layout = 'channelsFirst' | 'channelsLast';

/** How the numbers of a tensor are stored, as users have them. */
export type Stored = Element | 'uint8';

/** What a kernel is made for. */
export interface KernelShape {
  readonly channels: number;
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

/** A tensor as the sweep walks along it. */
interface Walk {
  readonly name: string;
  readonly channels: number;
  readonly stored: Stored;
  /** Bytes from voxel to voxel. */
  readonly step: number;
  /** Whether its voxels lie in memory as the loops read them. */
  readonly direct: boolean;
  /** How it is moved where it is not direct: by a function for whole blocks. */
  readonly transposed: boolean;
}

/** Makes the module of a sweep. */
export function kernelOf(sweep: Sweep, shape: KernelShape): Kernel {
  const { channels } = shape;
  const map = memoryMap(sweep, channels);
  const walks = walksOf(sweep, shape);
  const elements = Object.fromEntries(
    walks.map(({ name, stored }) => [name, stored === 'uint8' ? 'int32' : stored] as const),
  );
  const transposes = channels > 1 && walks.some(({ transposed }) => transposed);
  const inner = [
    { name: 'block', routine: blockRoutine(sweep, channels, map, elements) },
    { name: 'copyWords', routine: copyRoutine('toPlanes', 'word') },
    { name: 'copyBytes', routine: copyRoutine('toPlanes', 'byte') },
    { name: 'copyBack', routine: copyRoutine('fromPlanes', 'word') },
    ...(transposes
      ? [
          { name: 'transpose', routine: transposeRoutine('toPlanes', channels) },
          { name: 'transposeBack', routine: transposeRoutine('fromPlanes', channels) },
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

type CallOf = (name: string, ...args: readonly Value<Type>[]) => Statement;

/** The exported function: all voxels of a sample, or of a part of it, block by block. */
function walkRoutine(walks: readonly Walk[], map: MemoryMap, callOf: CallOf): Finished {
  const parameters = [
    'i32',
    'i32',
    ...walks.flatMap((): readonly Type[] => ['i32', 'i32']),
  ] as const;
  return routine(parameters, (f) => {
    const scratch = parameter('i32', 0).get;
    const left = parameter('i32', 1);
    const tensors = walks.map((walk, at) => ({
      ...walk,
      address: parameter('i32', 2 + 2 * at),
      stride: parameter('i32', 3 + 2 * at).get,
      planes: i32.add(scratch, i32.const(placed(map.staged, walk.name))),
    }));
    type Tensor = (typeof tensors)[number];
    const copied = (name: string, tensor: Tensor, voxels: I32): Statement =>
      callOf(
        name,
        tensor.address.get,
        tensor.planes,
        voxels,
        i32.const(tensor.step),
        tensor.stride,
        i32.const(tensor.channels),
      );
    const copyIn = (tensor: Tensor, voxels: I32): Statement =>
      copied(tensor.stored === 'uint8' ? 'copyBytes' : 'copyWords', tensor, voxels);
    const block = (bytes: I32, lanes: V128, direct: (tensor: Tensor) => boolean): Statement =>
      callOf(
        'block',
        scratch,
        bytes,
        lanes,
        ...tensors.flatMap((tensor) =>
          direct(tensor)
            ? [tensor.address.get, tensor.stride]
            : [tensor.planes, i32.const(planeBytes)],
        ),
      );
    const inputs = tensors.filter(({ name }) => name !== gradientName);
    const outputs = tensors.filter(({ name }) => name === gradientName);
    f.while(
      () => i32.lessThan(i32.const(3), left.get),
      () => {
        const whole = f.keep(i32.and(left.get, i32.const(-4)));
        const most = i32.const(blockVoxels);
        const voxels = f.keep(i32.select(whole, most, i32.lessThan(whole, most)));
        const bytes = f.keep(i32.shl(voxels, i32.const(2)));
        for (const tensor of inputs) {
          if (tensor.transposed) {
            f.do(callOf('transpose', tensor.address.get, tensor.planes, bytes));
          } else if (!tensor.direct) f.do(copyIn(tensor, voxels));
        }
        f.do(block(bytes, i32x4.splatConst(-1), ({ direct }) => direct));
        for (const tensor of outputs) {
          if (tensor.transposed) {
            f.do(callOf('transposeBack', tensor.address.get, tensor.planes, bytes));
          }
        }
        for (const { address, step } of tensors) {
          f.do(address.set(i32.add(address.get, i32.mul(voxels, i32.const(step)))));
        }
        f.do(left.set(i32.sub(left.get, voxels)));
      },
    );
    // The last one to three voxels: nothing beside them is read or written.
    f.if(left.get, () => {
      for (const tensor of inputs) f.do(copyIn(tensor, left.get));
      const counted = i32x4.greater(i32x4.splat(left.get), i32x4.const(0, 1, 2, 3));
      f.do(block(i32.const(16), counted, () => false));
      for (const tensor of outputs) f.do(copied('copyBack', tensor, left.get));
    });
  });
}
