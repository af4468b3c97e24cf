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
import { gradientName, type MemoryMap, placed } from './memory-map.js';
import type { Stored } from './place.js';

/** A tensor as the sweep walks along it. */
export interface Walk {
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

/** A call of one of the module's functions. */
export type CallOf = (name: string, ...args: readonly Value<Type>[]) => Statement;

/** The exported function: all voxels of a sample, or of a part of it, block by block. */
export function walkRoutine(walks: readonly Walk[], map: MemoryMap, callOf: CallOf): Finished {
  const block = map.planeBytes / 4;
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
    const computed = (
      name: 'block' | 'partOfBlock',
      bytes: I32,
      lanes: V128,
      direct: (tensor: Tensor) => boolean,
    ): Statement =>
      callOf(
        name,
        scratch,
        bytes,
        lanes,
        ...tensors.flatMap((tensor) =>
          direct(tensor)
            ? [tensor.address.get, tensor.stride]
            : [tensor.planes, i32.const(map.planeBytes)],
        ),
      );
    const inputs = tensors.filter(({ name }) => name !== gradientName);
    const outputs = tensors.filter(({ name }) => name === gradientName);
    const swept = (name: 'block' | 'partOfBlock', voxels: I32): void => {
      const bytes = f.keep(i32.shl(voxels, i32.const(2)));
      for (const tensor of inputs) {
        if (tensor.transposed) f.do(callOf('transpose', tensor.address.get, tensor.planes, bytes));
        else if (!tensor.direct) f.do(copyIn(tensor, voxels));
      }
      f.do(computed(name, bytes, i32x4.splatConst(-1), ({ direct }) => direct));
      for (const tensor of outputs) {
        if (tensor.transposed) {
          f.do(callOf('transposeBack', tensor.address.get, tensor.planes, bytes));
        }
      }
      for (const { address, step } of tensors) {
        f.do(address.set(i32.add(address.get, i32.mul(voxels, i32.const(step)))));
      }
      f.do(left.set(i32.sub(left.get, voxels)));
    };
    f.while(
      () => i32.lessThan(i32.const(block - 1), left.get),
      () => swept('block', i32.const(block)),
    );
    f.if(i32.lessThan(i32.const(3), left.get), () =>
      swept('partOfBlock', f.keep(i32.and(left.get, i32.const(-4)))),
    );
    // The last one to three voxels: nothing beside them is read or written.
    f.if(left.get, () => {
      for (const tensor of inputs) f.do(copyIn(tensor, left.get));
      const counted = i32x4.greater(i32x4.splat(left.get), i32x4.const(0, 1, 2, 3));
      f.do(computed('partOfBlock', i32.const(16), counted, () => false));
      for (const tensor of outputs) f.do(copied('copyBack', tensor, left.get));
    });
  });
}
