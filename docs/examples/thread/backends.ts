import type { LossSpec } from '@softdice/core';
import { exportLoss, type SpatialRank } from '@softdice/onnx';
import { evaluate } from '@softdice/reference';
import * as softdice from '@softdice/tfjs';
import * as tf from '@tensorflow/tfjs';
import * as ort from 'onnxruntime-node';
import type { Inputs } from './thread-formula.js';

/** What a backend gives. */
export interface Outcome {
  readonly loss: readonly number[];
  readonly scores: readonly number[];
  readonly gradient: readonly number[];
}

/** A backend, by the name that the output shows. */
export interface Backend {
  readonly name: string;
  readonly run: (spec: LossSpec, inputs: Inputs) => Promise<Outcome>;
}

/** The first is float64, the others float32. */
export const backends: readonly Backend[] = [
  { name: 'reference', run: runReference },
  { name: 'tfjs cpu', run: runTfjs },
  { name: 'onnxruntime', run: runOnnx },
];

async function runReference(spec: LossSpec, inputs: Inputs): Promise<Outcome> {
  const { loss, scores, gradient } = evaluate(spec, inputs);
  return { loss: [...loss.data], scores: [...scores.data], gradient: [...gradient.data] };
}

async function runTfjs(spec: LossSpec, { prediction, target }: Inputs): Promise<Outcome> {
  await tf.setBackend('cpu');
  const given = {
    prediction: tf.tensor(Float32Array.from(prediction.data), [...prediction.shape]),
    target: tf.tensor(Float32Array.from(target.data), [...target.shape]),
  };
  const { loss, scores, gradient, ...rest } = softdice.evaluate(spec, { layout: 'channelsFirst' })(
    given,
  );
  const outcome = {
    loss: [...(await loss.data())],
    scores: [...(await scores.data())],
    gradient: [...(await gradient.data())],
  };
  tf.dispose([loss, scores, gradient, rest, given]);
  return outcome;
}

async function runOnnx(spec: LossSpec, { prediction, target }: Inputs): Promise<Outcome> {
  const spatialRank = (prediction.shape.length - 2) as SpatialRank;
  const graph = exportLoss(spec, { spatialRank, outputs: ['loss', 'scores', 'gradient'] });
  const session = await ort.InferenceSession.create(graph);
  const results = await session.run({
    prediction: float32(prediction),
    target: spec.target === 'labels' ? int64(target) : float32(target),
  });
  await session.release();
  const data = (name: string): readonly number[] =>
    Array.from((results[name]?.data ?? []) as ArrayLike<number>);
  return { loss: data('loss'), scores: data('scores'), gradient: data('gradient') };
}

function float32({ shape, data }: Inputs['target']): ort.Tensor {
  return new ort.Tensor('float32', Float32Array.from(data), shape);
}

function int64({ shape, data }: Inputs['target']): ort.Tensor {
  return new ort.Tensor('int64', BigInt64Array.from(Array.from(data, BigInt)), shape);
}
