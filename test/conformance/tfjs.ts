import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import {
  type LevelsInputs,
  type LevelsSpec,
  type LossSpec,
  levelsPlanOf,
  planOf,
} from '@softdice/core';
import { evaluate, type Kernels, levelsValueAndGradients } from '@softdice/tfjs';
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import type { Batch, Tensor } from '../arbitraries/batch.js';
import { float32 } from '../tolerance/precision.js';
import type { LevelsOutcome, LevelsTarget, Outcome, Result } from './target.js';

type Layout = 'channelsFirst' | 'channelsLast';

/** A tfjs backend in one layout, by its own ops or by fused kernels where there can be any. */
export function tfjs(
  backend: 'cpu' | 'wasm',
  layout: Layout,
  kernels: Kernels = 'ops',
): LevelsTarget {
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
    evaluateLevels: async (spec, inputs) => {
      await useBackend(backend);
      const before = tf.memory().numTensors;
      const outcome = await evaluatedLevels(spec, inputs, { layout, kernels });
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
  const tensorOf = (tensor: Tensor, type: 'float32' | 'int32'): tf.Tensor =>
    inLayout(tensor, type, rank, layout);
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
  const back = channelsFirst(result.gradient, layout);
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

async function evaluatedLevels(
  spec: LevelsSpec,
  { predictions, targets, masks }: LevelsInputs<Tensor>,
  options: { readonly layout: Layout; readonly kernels: Kernels },
): Promise<LevelsOutcome> {
  const { layout } = options;
  const plan = levelsPlanOf(spec);
  const rank = predictions[0]?.shape.length ?? 0;
  const inputs = {
    predictions: predictions.map((tensor) => inLayout(tensor, 'float32', rank, layout)),
    targets: targets.map((tensor, at) => {
      const labels = plan.levels[at]?.loss.target.kind === 'labels';
      return inLayout(tensor, labels ? 'int32' : 'float32', rank, layout);
    }),
    masks: masks?.map((tensor) => tensor && inLayout(tensor, 'float32', rank, layout)),
  };
  const { value, gradients } = levelsValueAndGradients(spec, options)(inputs);
  const back = gradients.map((gradient) => channelsFirst(gradient, layout));
  const outcome = { loss: await read(value), gradients: await Promise.all(back.map(read)) };
  const used = [...inputs.predictions, ...inputs.targets, ...gradients, ...back, value];
  tf.dispose([...used, ...(inputs.masks ?? []).flatMap((mask) => mask ?? [])]);
  return outcome;
}

/** A tensor of ours, channels first, as a backend has it. */
function inLayout(
  { shape, data }: Tensor,
  type: 'float32' | 'int32',
  rank: number,
  layout: Layout,
): tf.Tensor {
  return tf.tidy(() => {
    const tensor = tf.tensor([...data], [...shape], type);
    // A sparse target of the rank of the prediction has a channel axis of size 1 to move as well.
    return shape.length === rank && layout === 'channelsLast'
      ? tensor.transpose(channelsLast(rank))
      : tensor;
  });
}

/** A tensor of a backend, channels first. */
function channelsFirst(tensor: tf.Tensor, layout: Layout): tf.Tensor {
  return tf.tidy(() =>
    layout === 'channelsLast'
      ? tensor.transpose([0, tensor.rank - 1, ...spatialAxes(tensor.rank)])
      : tensor.clone(),
  );
}

async function read(tensor: tf.Tensor): Promise<Result> {
  return { shape: tensor.shape, data: await tensor.data() };
}

function channelsLast(rank: number): number[] {
  return [0, ...spatialAxes(rank).map((axis) => axis + 1), 1];
}

/** The spatial axes where channels come last. */
function spatialAxes(rank: number): number[] {
  return Array.from({ length: rank - 2 }, (_, axis) => axis + 1);
}
