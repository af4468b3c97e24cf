import type { Placed, Sizes } from '@softdice/core/wasm';
import type * as tf from '@tensorflow/tfjs';
import { channelsFirst, type Layout } from '../layout.js';
import type { LossTensors } from '../placement.js';

/** Where kernels find tensors: in place on the wasm backend, copied on the cpu backend. */
export interface Home {
  readonly place: <Result>(
    inputs: LossTensors,
    sizes: Sizes,
    use: (placed: Placed) => Result,
  ) => Result;
  readonly output: (shape: readonly number[]) => Output;
}

/** A gradient that is being written. */
export interface Output {
  /** @param carries - Whether it holds what the first pass leaves to the second. */
  readonly place: <Result>(
    inputs: LossTensors,
    sizes: Sizes,
    carries: boolean,
    use: (placed: Placed) => Result,
  ) => Result;
  readonly tensor: () => tf.Tensor;
}

/** The sizes of a prediction. */
export function predictedSizes(layout: Layout, { prediction }: LossTensors): Sizes {
  const [samples = 1, channels = 1, ...spatial] = channelsFirst(layout, prediction.shape);
  return { samples, channels, voxels: spatial.reduce((product, size) => product * size, 1) };
}
