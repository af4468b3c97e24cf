import {
  carriedName,
  type Fused,
  gradientName,
  inputTensors,
  type Placed,
  residentTiles,
  type Sizes,
  type Stored,
} from '@softdice/core/wasm';
import type * as tf from '@tensorflow/tfjs';
import type { Layout } from '../layout.js';
import type { LossTensors } from '../placement.js';
import type { Home } from './home.js';
import type { WasmHeap } from './wasm-heap.js';

/** Tensors of the wasm backend are read and written where they lie. */
export function residentHome(fused: Fused, heap: WasmHeap, layout: Layout): Home {
  return {
    place: (inputs, sizes, use) => inPlace(fused, heap, layout, inputs, sizes, false, use),
    output: (shape) => {
      const gradient = heap.allocate(shape);
      return {
        place: (inputs, sizes, carries, use) =>
          inPlace(fused, heap, layout, { ...inputs, gradient }, sizes, carries, use),
        tensor: () => gradient,
      };
    },
  };
}

function inPlace<Result>(
  fused: Fused,
  heap: WasmHeap,
  layout: Layout,
  tensors: LossTensors & { readonly gradient?: tf.Tensor | undefined },
  sizes: Sizes,
  carries: boolean,
  use: (placed: Placed) => Result,
): Result {
  const { memory, addressOf, allocate } = heap;
  const { channels } = sizes;
  const all: Readonly<Record<string, tf.Tensor | undefined>> = {
    ...tensors,
    [carriedName]: carries ? tensors.gradient : undefined,
  };
  const given = [
    ...inputTensors(fused.program, channels),
    { name: gradientName, channels },
    { name: carriedName, channels },
  ].flatMap(({ name, channels }) => {
    const tensor = all[name];
    return tensor === undefined ? [] : [{ name, channels, tensor }];
  });
  const stored = Object.fromEntries(
    given.flatMap(({ name, tensor }) =>
      tensor === tensors.gradient ? [] : [[name, storedAs(tensor)]],
    ),
  );
  const bytes = fused.scratchBytes({ ...sizes, layout, stored, memory, carries });
  const scratch = allocate([Math.ceil(bytes / 4)]);
  try {
    // Addresses stay when the memory grows.
    const residents = given.map(({ name, channels, tensor }) => ({
      name,
      address: addressOf(tensor),
      channels,
      stored: storedAs(tensor),
    }));
    const tiles = residentTiles(residents, layout, sizes);
    return use({ ...sizes, memory, scratch: addressOf(scratch), layout, stored, tiles, carries });
  } finally {
    scratch.dispose();
  }
}

function storedAs({ dtype }: tf.Tensor): Stored {
  return dtype === 'bool' ? 'uint8' : dtype === 'int32' ? 'int32' : 'float32';
}
