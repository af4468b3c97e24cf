import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type LossSpec, planOf } from '@softdice/core';
import { evaluate, type Kernels } from '@softdice/tfjs';
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import type { Batch, Tensor } from '../arbitraries/batch.js';
import { float32 } from '../tolerance/precision.js';
import type { Outcome, Result, Target } from './target.js';

type Layout = 'channelsFirst' | 'channelsLast';

/** A tfjs backend in one layout, by its own ops or by fused kernels where there can be any. */
export function tfjs(backend: 'cpu' | 'wasm', layout: Layout, kernels: Kernels = 'ops'): Target {
  return {
    name: `tfjs-${backend}, ${layout}, kernels ${kernels}`,
    precision: float32,
    evaluate: async (spec, batch, cotangent) => {
      await useBackend(backend);
      const before = tf.memory().numTensors;
      const outcome = await evaluated(spec, batch, cotangent, { layout, kernels });
      const leaked = tf.memory().numTensors - before;
      if (leaked !== 0) throw new Error(`${leaked} tensors leaked`);
      return outcome;
    },
  };
}

async function useBackend(backend: string): Promise<void> {
  if (tf.getBackend() === backend) return;
  const require = createRequire(import.meta.url);
  const folder = dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json'));
  setWasmPaths(`${join(folder, 'dist')}/`);
  tf.enableProdMode();
  await tf.setBackend(backend);
}

async function evaluated(
  spec: LossSpec,
  batch: Batch,
  cotangent: Tensor | undefined,
  options: { readonly layout: Layout; readonly kernels: Kernels },
): Promise<Outcome> {
  const { layout } = options;
  const rank = batch.prediction.shape.length;
  // A sparse target of the rank of the prediction has a channel axis of size 1 to move as well.
  const tensorOf = ({ shape, data }: Tensor, type: 'float32' | 'int32'): tf.Tensor =>
    tf.tidy(() => {
      const tensor = tf.tensor([...data], [...shape], type);
      return shape.length === rank && layout === 'channelsLast'
        ? tensor.transpose(channelsLast(rank))
        : tensor;
    });
  const labels = planOf(spec).target.kind === 'labels';
  const inputs = {
    prediction: tensorOf(batch.prediction, 'float32'),
    target: tensorOf(batch.target, labels ? 'int32' : 'float32'),
    ...(batch.mask === undefined ? {} : { mask: tensorOf(batch.mask, 'float32') }),
    ...(cotangent === undefined
      ? {}
      : { cotangent: tf.tensor([...cotangent.data], [...cotangent.shape], 'float32') }),
  };
  const result = evaluate(spec, options)(inputs);
  const read = async (tensor: tf.Tensor): Promise<Result> => ({
    shape: tensor.shape,
    data: await tensor.data(),
  });
  const back = tf.tidy(() =>
    layout === 'channelsLast'
      ? result.gradient.transpose([0, rank - 1, ...spatialAxes(rank)])
      : result.gradient.clone(),
  );
  const statistics: Record<string, Result> = {};
  for (const [name, tensor] of Object.entries(result.statistics))
    statistics[name] = await read(tensor);
  const outcome = {
    loss: await read(result.loss),
    gradient: await read(back),
    scores: await read(result.scores),
    statistics,
  };
  tf.dispose([Object.values(inputs), back, result as unknown as tf.TensorContainer]);
  return outcome;
}

function channelsLast(rank: number): number[] {
  return [0, ...spatialAxes(rank).map((axis) => axis + 1), 1];
}

/** The spatial axes where channels come last. */
function spatialAxes(rank: number): number[] {
  return Array.from({ length: rank - 2 }, (_, axis) => axis + 1);
}
