import { InputError, type NamedArray, type Node } from '@softdice/core';
import type { Fused, Swept } from '@softdice/core/wasm';
import * as tf from '@tensorflow/tfjs';
import type { Layout } from '../layout.js';
import type { Summed } from '../passes.js';
import { copyingHome } from './copied-tensors.js';
import type { Home } from './home.js';
import { residentHome } from './in-place.js';
import { wasmHeap } from './wasm-heap.js';

/** What kernels compute, where they can. */
export interface Kernelled<Pass> {
  /** Why kernels cannot run on the backend of the moment, or undefined where they can. */
  readonly problem: () => string | undefined;
  readonly forward: Pass;
}

/** Where the tensors of the backend of the moment are for the kernels of a program. */
export function homeOf(fused: Fused, layout: Layout): () => Home {
  const copying = copyingHome(fused, layout);
  return () => {
    const heap = wasmHeap();
    return heap === undefined ? copying : residentHome(fused, heap, layout);
  };
}

/** What a program's head makes of the sums that its kernels left. */
export function summedBy(fused: Fused, swept: Swept): Summed {
  return {
    head: (node: Node) => tensorOf(fused.head(node, swept)),
    statistics: () =>
      Object.fromEntries(
        Object.entries(swept.statistics).map(([name, value]) => [name, tensorOf(value)]),
      ),
  };
}

/** Why kernels cannot run on the backend of the moment. */
export function backendProblem(): string | undefined {
  const backend = tf.getBackend();
  if (backend === 'cpu') return undefined;
  if (backend !== 'wasm') return `the backend is ${backend}: kernels run on wasm and cpu`;
  return wasmHeap() === undefined ? 'the wasm backend hides its memory' : undefined;
}

/** @throws InputError - always, with the reason. */
export function refuseKernels(reason: string): never {
  const fix = "use kernels 'auto' or 'ops'";
  throw new InputError([
    {
      path: 'options.kernels',
      expected: 'a loss or metric and a backend with kernels',
      received: reason,
      fix,
    },
  ]);
}

function tensorOf({ shape, data }: NamedArray): tf.Tensor {
  return tf.tensor(Float32Array.from(data), [...shape], 'float32');
}
