import {
  carriedName,
  copied,
  type Fused,
  gradientName,
  memoryPool,
  type Placed,
  type Source,
  targetKind,
  tensorChannels,
} from '@softdice/core/wasm';
import * as tf from '@tensorflow/tfjs';
import type { Layout } from '../layout.js';
import type { LossTensors } from '../placement.js';
import { type Home, predictedSizes } from './home.js';

/** Tensors of the cpu backend are arrays, which are copied part by part. */
export function copyingHome(fused: Fused, layout: Layout): Home {
  const memories = memoryPool();
  const placed = (
    inputs: LossTensors & { readonly gradient?: Float32Array },
    carries: boolean,
  ): Placed => {
    const sizes = predictedSizes(layout, inputs);
    const sources = sourcesOf(fused, sizes.channels, inputs, carries);
    return copied(fused, memories, layout, sizes, sources, carries);
  };
  return {
    place: (inputs, use) => use(placed(inputs, false)),
    output: (shape) => {
      const gradient = new Float32Array(shape.reduce((product, size) => product * size, 1));
      return {
        place: (inputs, carries, use) => use(placed({ ...inputs, gradient }, carries)),
        tensor: () => tf.tensor(gradient, [...shape], 'float32'),
      };
    },
  };
}

function sourcesOf(
  fused: Fused,
  all: number,
  { prediction, target, mask, gradient }: LossTensors & { readonly gradient?: Float32Array },
  carries: boolean,
): readonly Source[] {
  const { plan } = fused.program;
  const channels = tensorChannels(plan, all);
  const source = (name: 'prediction' | 'mask', data: ArrayLike<number>): Source => ({
    name,
    data,
    channels: channels[name],
    kind: 'float32',
  });
  const outputs = gradient === undefined ? [] : [gradientName, ...(carries ? [carriedName] : [])];
  return [
    source('prediction', prediction.dataSync()),
    { name: 'target', data: target.dataSync(), channels: channels.target, kind: targetKind(plan) },
    ...(mask === undefined ? [] : [source('mask', mask.dataSync())]),
    ...outputs.map(
      (name): Source => ({
        name,
        data: gradient ?? [],
        channels: all,
        kind: 'float32',
      }),
    ),
  ];
}
