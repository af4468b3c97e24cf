import type { WasmMemory } from '@softdice/core/wasm';
import * as tf from '@tensorflow/tfjs';

/** The linear memory of tfjs's wasm backend, in which its tensors lie. */
export interface WasmHeap {
  readonly memory: WasmMemory;
  readonly addressOf: (tensor: tf.Tensor) => number;
  /** A tensor whose numbers are yet to be written. */
  readonly allocate: (shape: readonly number[]) => tf.Tensor;
}

/** What is used of the backend. A threaded build has its memory under another name. */
interface WasmBackend {
  readonly wasm: {
    readonly asm?: { readonly memory?: WasmMemory };
    readonly wasmMemory?: WasmMemory;
  };
  readonly dataIdMap: { readonly get: (id: object) => { readonly memoryOffset: number } };
  readonly makeOutput: (shape: number[], dtype: 'float32') => tf.TensorInfo;
}

/** The heap of the current backend; undefined where it has none or hides it. */
export function wasmHeap(): WasmHeap | undefined {
  if (tf.getBackend() !== 'wasm') return undefined;
  const backend = tf.backend() as unknown as WasmBackend;
  const memory = backend.wasm?.asm?.memory ?? backend.wasm?.wasmMemory;
  if (memory === undefined || typeof backend.makeOutput !== 'function') return undefined;
  return {
    memory,
    addressOf: ({ dataId }) => backend.dataIdMap.get(dataId).memoryOffset,
    allocate: (shape) =>
      tf.engine().makeTensorFromTensorInfo(backend.makeOutput([...shape], 'float32')),
  };
}
