import {
  carriedName,
  type Fused,
  gradientName,
  type Placed,
  residentTiles,
  type Stored,
  tensorChannels,
} from '@softdice/core/wasm';
import type * as tf from '@tensorflow/tfjs';
import type { Layout } from '../layout.js';
import type { LossTensors } from '../placement.js';
import { type Home, predictedSizes } from './home.js';
import type { WasmHeap } from './wasm-heap.js';

const names = ['prediction', 'target', 'mask', gradientName, carriedName] as const;

/** Tensors of the wasm backend are read and written where they lie. */
export function residentHome(fused: Fused, heap: WasmHeap, layout: Layout): Home {
  return {
    place: (inputs, use) => inPlace(fused, heap, layout, inputs, false, use),
    output: (shape) => {
      const gradient = heap.allocate(shape);
      return {
        place: (inputs, carries, use) =>
          inPlace(fused, heap, layout, { ...inputs, gradient }, carries, use),
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
  carries: boolean,
  use: (placed: Placed) => Result,
): Result {
  const sizes = predictedSizes(layout, tensors);
  const { memory, addressOf, allocate } = heap;
  const channels = {
    ...tensorChannels(fused.program.plan, sizes.channels),
    gradient: sizes.channels,
    carried: sizes.channels,
  };
  const all = { ...tensors, [carriedName]: carries ? tensors.gradient : undefined };
  const given = names.flatMap((name) => {
    const tensor = all[name];
    return tensor === undefined ? [] : [{ name, tensor }];
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
    const residents = given.map(({ name, tensor }) => ({
      name,
      address: addressOf(tensor),
      channels: channels[name],
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
