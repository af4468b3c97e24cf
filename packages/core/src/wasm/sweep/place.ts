import type { Routine } from '../assembler/routine.js';
import type { I32, V128 } from '../assembler/values.js';
import type { MemoryMap } from './memory-map.js';

/** How the loops find the numbers of a tensor. */
export type Element = 'float32' | 'int32';

/** How the numbers of a tensor are stored, as users have them. */
export type Stored = Element | 'uint8';

/** What the loops of a block work on. */
export interface Place {
  readonly f: Routine;
  /** The start of the scratch memory. */
  readonly scratch: I32;
  /** Bytes of one value per voxel of the block. */
  readonly bytes: I32;
  /** Vectors that one turn of a loop takes; `bytes` is a multiple of theirs. */
  readonly vectors: number;
  /** The lanes whose voxels count. */
  readonly lanes: V128;
  readonly tensors: ReadonlyMap<string, { readonly address: I32; readonly stride: I32 }>;
  readonly elements: Readonly<Record<string, Element>>;
  readonly map: MemoryMap;
}
