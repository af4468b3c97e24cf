import { InputError, type NamedArray, type Program } from '@softdice/core';
import { type Fused, fusedOf } from '@softdice/core/wasm';
import * as tf from '@tensorflow/tfjs';
import type { Layout } from '../layout.js';
import type { FirstPass } from '../passes.js';
import { copyingHome } from './copied-tensors.js';
import type { Home } from './home.js';
import { residentHome } from './in-place.js';
import { wasmHeap } from './wasm-heap.js';

/** The passes of a program by fused kernels. */
export interface FusedPasses {
  /** Why kernels cannot run on the backend of the moment, or undefined where they can. */
  readonly problem: () => string | undefined;
  readonly forward: FirstPass;
}

/** Makes the fused passes of a program; kernels are compiled when they are first used. */
export function fusedPasses(program: Program, layout: Layout): FusedPasses {
  const fused = fusedOf(program);
  if ('reason' in fused) {
    const { reason } = fused;
    return { problem: () => reason, forward: () => refuseKernels(reason) };
  }
  const copying = copyingHome(fused, layout);
  const home = (): Home => {
    const heap = wasmHeap();
    return heap === undefined ? copying : residentHome(fused, heap, layout);
  };
  return {
    problem: backendProblem,
    forward: (inputs, next) => {
      const output = next === 'gradient' ? home().output(inputs.prediction.shape) : undefined;
      const swept =
        output === undefined
          ? home().place(inputs, fused.forward)
          : output.place(inputs, true, fused.forward);
      return {
        saved: [inputs.prediction],
        head: (node) => tensorOf(fused.head(node, swept)),
        statistics: () =>
          Object.fromEntries(
            Object.entries(swept.statistics).map(([name, value]) => [name, tensorOf(value)]),
          ),
        backward: (others, [prediction = inputs.prediction], cotangent) => {
          const to = output ?? home().output(prediction.shape);
          to.place({ ...others, prediction }, output !== undefined, (placed) =>
            fused.backward(placed, swept, cotangent && arrayOf(fused, cotangent)),
          );
          return to.tensor();
        },
      };
    },
  };
}

function backendProblem(): string | undefined {
  const backend = tf.getBackend();
  if (backend === 'cpu') return undefined;
  if (backend === 'webgpu') return 'the option shaders is not given, without which webgpu has ops';
  if (backend !== 'wasm') return `the backend is ${backend}: kernels run on wasm and cpu`;
  return wasmHeap() === undefined ? 'the wasm backend hides its memory' : undefined;
}

/** @throws InputError - always, with the reason. */
export function refuseKernels(reason: string): never {
  const fix = "use kernels 'auto' or 'ops'";
  throw new InputError([
    { path: 'options.kernels', expected: 'a loss and backend with kernels', received: reason, fix },
  ]);
}

function tensorOf({ shape, data }: NamedArray): tf.Tensor {
  return tf.tensor(Float32Array.from(data), [...shape], 'float32');
}

function arrayOf({ program }: Fused, cotangent: tf.Tensor): NamedArray {
  const { axes } = program.head.loss;
  return { axes, shape: cotangent.shape, data: Float64Array.from(cotangent.dataSync()) };
}
