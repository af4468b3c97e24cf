import { InputError, type NamedArray, type Program } from '@softdice/core';
import { type Fused, fusedOf, memoryPool, type Sizes, type Swept } from '@softdice/core/wasm';
import * as tf from '@tensorflow/tfjs';
import { channelsFirst, type Layout } from '../layout.js';
import type { Forward } from '../passes.js';
import type { LossTensors } from '../placement.js';
import { copiedTensors } from './copied-tensors.js';
import { inPlace } from './in-place.js';
import { wasmHeap } from './wasm-heap.js';

/** The passes of a program by fused kernels. */
export interface FusedPasses {
  /** Why kernels cannot run on the backend of the moment, or undefined where they can. */
  readonly problem: () => string | undefined;
  readonly forward: (inputs: LossTensors) => Forward;
}

/** Where the kernels find the tensors: in place on the wasm backend, copied on the cpu backend. */
interface Home {
  readonly sweep: (inputs: LossTensors) => Swept;
  readonly pull: (
    inputs: LossTensors,
    swept: Swept,
    cotangent: NamedArray | undefined,
  ) => tf.Tensor;
}

/** Makes the fused passes of a program; kernels are compiled when they are first used. */
export function fusedPasses(program: Program, layout: Layout): FusedPasses {
  const fused = fusedOf(program);
  if ('reason' in fused) {
    const { reason } = fused;
    return { problem: () => reason, forward: () => refuseKernels(reason) };
  }
  const memories = memoryPool();
  const copying: Home = {
    sweep: (inputs) =>
      fused.forward(copiedTensors(fused, memories, layout, sizesOf(layout, inputs), inputs)),
    pull: (inputs, swept, cotangent) => {
      const { prediction } = inputs;
      const gradient = new Float32Array(prediction.size);
      const sizes = sizesOf(layout, inputs);
      const placed = copiedTensors(fused, memories, layout, sizes, { ...inputs, gradient });
      fused.backward(placed, swept, cotangent);
      return tf.tensor(gradient, prediction.shape, 'float32');
    },
  };
  const home = (): Home => {
    const heap = wasmHeap();
    if (heap === undefined) return copying;
    return {
      sweep: (inputs) =>
        inPlace(fused, heap, layout, sizesOf(layout, inputs), inputs, fused.forward),
      pull: (inputs, swept, cotangent) => {
        const gradient = heap.allocate(inputs.prediction.shape);
        const tensors = { ...inputs, gradient };
        inPlace(fused, heap, layout, sizesOf(layout, inputs), tensors, (placed) =>
          fused.backward(placed, swept, cotangent),
        );
        return gradient;
      },
    };
  };
  return {
    problem: backendProblem,
    forward: (inputs) => {
      const swept = home().sweep(inputs);
      return {
        saved: [inputs.prediction],
        head: (node) => tensorOf(fused.head(node, swept)),
        statistics: () =>
          Object.fromEntries(
            Object.entries(swept.statistics).map(([name, value]) => [name, tensorOf(value)]),
          ),
        backward: (others, [prediction = inputs.prediction], cotangent) =>
          home().pull({ ...others, prediction }, swept, cotangent && arrayOf(fused, cotangent)),
      };
    },
  };
}

function backendProblem(): string | undefined {
  const backend = tf.getBackend();
  if (backend === 'cpu') return undefined;
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

function sizesOf(layout: Layout, { prediction }: LossTensors): Sizes {
  const [samples = 1, channels = 1, ...spatial] = channelsFirst(layout, prediction.shape);
  return { samples, channels, voxels: spatial.reduce((product, size) => product * size, 1) };
}

function tensorOf({ shape, data }: NamedArray): tf.Tensor {
  return tf.tensor(Float32Array.from(data), [...shape], 'float32');
}

function arrayOf({ program }: Fused, cotangent: tf.Tensor): NamedArray {
  const { axes } = program.head.loss;
  return { axes, shape: cotangent.shape, data: Float64Array.from(cotangent.dataSync()) };
}
