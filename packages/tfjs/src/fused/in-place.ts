import {
  type Fused,
  gradientName,
  type Placed,
  residentTiles,
  type Sizes,
  type Stored,
  tensorChannels,
} from '@softdice/core/wasm';
import type * as tf from '@tensorflow/tfjs';
import type { Layout } from '../layout.js';
import type { LossTensors } from '../placement.js';
import type { WasmHeap } from './wasm-heap.js';

/** Tensors of the wasm backend as the inputs of kernels: they are read and written where they lie. */
export function inPlace<Result>(
  fused: Fused,
  heap: WasmHeap,
  layout: Layout,
  sizes: Sizes,
  tensors: LossTensors & { readonly gradient?: tf.Tensor | undefined },
  use: (placed: Placed) => Result,
): Result {
  const { memory, addressOf, allocate } = heap;
  const channels = {
    ...tensorChannels(fused.program.plan, sizes.channels),
    gradient: sizes.channels,
  };
  const given = (['prediction', 'target', 'mask', gradientName] as const).flatMap((name) => {
    const tensor = tensors[name];
    return tensor === undefined ? [] : [{ name, tensor }];
  });
  const stored = Object.fromEntries(given.map(({ name, tensor }) => [name, storedAs(tensor)]));
  const bytes = fused.scratchBytes({ channels: sizes.channels, layout, stored, memory });
  const scratch = allocate([Math.ceil(bytes / 4)]);
  try {
    // Addresses stay when the memory grows.
    const residents = given.map(({ name, tensor }) => ({
      name,
      address: addressOf(tensor),
      channels: channels[name],
      stored: storedAs(tensor),
    }));
    const tiles = residentTiles(residents, layout, sizes);
    return use({ ...sizes, memory, scratch: addressOf(scratch), layout, stored, tiles });
  } finally {
    scratch.dispose();
  }
}

function storedAs({ dtype }: tf.Tensor): Stored {
  return dtype === 'bool' ? 'uint8' : dtype === 'int32' ? 'int32' : 'float32';
}
