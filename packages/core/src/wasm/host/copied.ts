import type { Layout } from '../../plan/layout.js';
import { carriedName } from '../../schedule/carried.js';
import { gradientName } from '../sweep/memory-map.js';
import { memoryOf, type WasmMemory } from './engine.js';
import type { Fused, Placed } from './fused.js';
import type { Sizes } from './grid.js';
import { copiedTiles, type Source, tileBytes } from './tiles.js';

/** Gives the same memory again as long as it is large enough. */
export function memoryPool(): (bytes: number) => WasmMemory {
  let memory = memoryOf(1);
  return (bytes) => {
    if (memory.buffer.byteLength < bytes) memory = memoryOf(bytes);
    return memory;
  };
}

/**
 * Tensors outside of linear memory as the inputs of kernels: they are copied part by part.
 *
 * @param sources - The inputs of the program, and the gradient if there is to be one.
 * @param carries - See {@link Placed.carries}.
 */
export function copied(
  fused: Fused,
  memories: (bytes: number) => WasmMemory,
  layout: Layout,
  sizes: Sizes,
  sources: readonly Source[],
  carries: boolean,
): Placed {
  const stored = Object.fromEntries(
    sources.flatMap(({ name, kind }) => (isOutput(name) ? [] : [[name, kind]])),
  );
  const scratch = fused.scratchBytes({ ...sizes, layout, stored, memory: memories(1), carries });
  const memory = memories(scratch + tileBytes(sources, sizes));
  const tiles = copiedTiles(sources, layout, sizes, memory, scratch);
  return { ...sizes, memory, scratch: 0, layout, stored, tiles, carries };
}

function isOutput(name: string): boolean {
  return name === gradientName || name === carriedName;
}
