import {
  copied,
  type Fused,
  gradientName,
  type Placed,
  type Sizes,
  type Source,
  targetKind,
  tensorChannels,
  type WasmMemory,
} from '@softdice/core/wasm';
import type { Layout } from '../layout.js';
import type { LossTensors } from '../placement.js';

/** Tensors of the cpu backend as the inputs of kernels: their arrays are copied part by part. */
export function copiedTensors(
  fused: Fused,
  memories: (bytes: number) => WasmMemory,
  layout: Layout,
  sizes: Sizes,
  { prediction, target, mask, gradient }: LossTensors & { readonly gradient?: Float32Array },
): Placed {
  const { plan } = fused.program;
  const channels = tensorChannels(plan, sizes.channels);
  const source = (name: 'prediction' | 'mask', data: ArrayLike<number>): Source => ({
    name,
    data,
    channels: channels[name],
    kind: 'float32',
  });
  return copied(fused, memories, layout, sizes, [
    source('prediction', prediction.dataSync()),
    { name: 'target', data: target.dataSync(), channels: channels.target, kind: targetKind(plan) },
    ...(mask === undefined ? [] : [source('mask', mask.dataSync())]),
    ...(gradient === undefined
      ? []
      : [
          {
            name: gradientName,
            data: gradient,
            channels: sizes.channels,
            kind: 'float32',
          } as const,
        ]),
  ]);
}
