import {
  carriedName,
  copied,
  type Fused,
  gradientName,
  inputTensors,
  memoryPool,
  type Placed,
  type Sizes,
  type Source,
} from '@softdice/core/wasm';
import * as tf from '@tensorflow/tfjs';
import type { Layout } from '../layout.js';
import type { LossTensors } from '../placement.js';
import type { Home } from './home.js';

/** Tensors of the cpu backend are arrays, which are copied part by part. */
export function copyingHome(fused: Fused, layout: Layout): Home {
  const memories = memoryPool();
  const placed = (sources: readonly Source[], sizes: Sizes, carries: boolean): Placed =>
    copied(fused, memories, layout, sizes, sources, carries);
  return {
    place: (inputs, sizes, use) => use(placed(sourcesOf(fused, sizes, inputs), sizes, false)),
    output: (shape) => {
      const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
      return {
        place: (inputs, sizes, carries, use) => {
          const written = { data, channels: sizes.channels, kind: 'float32' } as const;
          const names = carries ? [gradientName, carriedName] : [gradientName];
          const outputs = names.map((name) => ({ ...written, name }));
          return use(placed([...sourcesOf(fused, sizes, inputs), ...outputs], sizes, carries));
        },
        tensor: () => tf.tensor(data, [...shape], 'float32'),
      };
    },
  };
}

function sourcesOf(
  { program }: Fused,
  { channels }: Sizes,
  inputs: LossTensors,
): readonly Source[] {
  const given: Readonly<Record<string, tf.Tensor | undefined>> = { ...inputs };
  return inputTensors(program, channels).flatMap((input) => {
    const tensor = given[input.name];
    return tensor === undefined ? [] : [{ ...input, data: tensor.dataSync() }];
  });
}
