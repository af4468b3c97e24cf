import {
  type LevelsInputs,
  type LevelsSpec,
  type LossSpec,
  levelsPlanOf,
  planOf,
} from '@softdice/core';
import {
  evaluate,
  type Kernels,
  type Layout,
  type LossOptions,
  levelsValueAndGradients,
} from '@softdice/tfjs';
import * as tf from '@tensorflow/tfjs';
import type { Batch, Tensor } from '../arbitraries/batch.js';
import type { LevelsOutcome, Outcome, Result } from './target.js';

/** How a loss is run. */
export interface TfjsOptions {
  readonly layout: Layout;
  readonly kernels: Kernels;
  readonly shaders?: LossOptions['shaders'];
}

/** Runs a loss on the backend of the moment; throws where a tensor is left over. */
export function evaluated(
  spec: LossSpec,
  batch: Batch,
  cotangent: Tensor | undefined,
  options: TfjsOptions,
): Promise<Outcome> {
  return leaveNothing(() => evaluatedOnce(spec, batch, cotangent, options));
}

/** Runs the levels of deep supervision in the same way. */
export function evaluatedLevels(
  spec: LevelsSpec,
  inputs: LevelsInputs<Tensor>,
  options: TfjsOptions,
): Promise<LevelsOutcome> {
  return leaveNothing(() => levelsOnce(spec, inputs, options));
}

async function leaveNothing<Result>(f: () => Promise<Result>): Promise<Result> {
  const before = tf.memory().numTensors;
  const result = await f();
  const leaked = tf.memory().numTensors - before;
  if (leaked !== 0) throw new Error(`${leaked} tensors leaked`);
  return result;
}

async function evaluatedOnce(
  spec: LossSpec,
  batch: Batch,
  cotangent: Tensor | undefined,
  options: TfjsOptions,
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
  // Read together: on WebGPU every reading waits for the device.
  const [loss, gradient, scores, sums] = await Promise.all([
    read(result.loss),
    read(back),
    read(result.scores),
    Promise.all(
      Object.entries(result.statistics).map(
        async ([name, tensor]): Promise<[string, Result]> => [name, await read(tensor)],
      ),
    ),
  ]);
  const outcome = { loss, gradient, scores, statistics: Object.fromEntries(sums) };
  tf.dispose([Object.values(inputs), back, result as unknown as tf.TensorContainer]);
  return outcome;
}

async function levelsOnce(
  spec: LevelsSpec,
  { predictions, targets, masks }: LevelsInputs<Tensor>,
  options: TfjsOptions,
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
