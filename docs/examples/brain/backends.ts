import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { LossSpec } from '@softdice/core';
import { exportLoss } from '@softdice/onnx';
import { evaluate } from '@softdice/reference';
import * as softdice from '@softdice/tfjs';
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as ort from 'onnxruntime-node';

/** What the losses are computed from, channels first. */
export interface Inputs {
  /** `[1, C, z, y, x]`. */
  readonly logits: Float32Array;
  readonly shape: readonly [number, number, number, number, number];
  /** `[1, z, y, x]`. */
  readonly labels: Uint8Array;
}

/** Loss, scores and gradient of one backend, and how long they took. */
export interface Outcome {
  readonly loss: number;
  readonly scores: ArrayLike<number>;
  readonly gradient: ArrayLike<number>;
  readonly milliseconds: number;
}

/** A backend, by the name that the table shows. */
export interface Backend {
  readonly name: string;
  readonly run: (spec: LossSpec, inputs: Inputs) => Promise<Outcome>;
}

/** The backends of the example; the first one judges the others. */
export const backends: readonly Backend[] = [
  { name: 'reference', run: runReference },
  { name: 'tfjs-cpu', run: (spec, inputs) => runTfjs('cpu', spec, inputs) },
  { name: 'tfjs-wasm', run: (spec, inputs) => runTfjs('wasm', spec, inputs) },
  { name: 'onnxruntime', run: runOnnx },
];

async function runReference(spec: LossSpec, inputs: Inputs): Promise<Outcome> {
  const { shape } = inputs;
  const [result, milliseconds] = await timed(async () =>
    evaluate(spec, {
      prediction: { shape, data: inputs.logits },
      target: { shape: [shape[0], ...shape.slice(2)], data: inputs.labels },
    }),
  );
  const { loss, scores, gradient } = result;
  return {
    loss: loss.data[0] ?? Number.NaN,
    scores: scores.data,
    gradient: gradient.data,
    milliseconds,
  };
}

async function runTfjs(backend: string, spec: LossSpec, inputs: Inputs): Promise<Outcome> {
  const require = createRequire(import.meta.url);
  const binaries = dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json'));
  setWasmPaths(`${join(binaries, 'dist')}/`);
  await tf.setBackend(backend);
  const { shape } = inputs;
  const prediction = tf.tensor5d(inputs.logits, [...shape]);
  const target = tf.tensor4d(Int32Array.from(inputs.labels), [
    shape[0],
    shape[2],
    shape[3],
    shape[4],
  ]);
  const evaluateLoss = softdice.evaluate(spec, { layout: 'channelsFirst' });
  const [result, milliseconds] = await timed(async () => {
    const { loss, scores, gradient, statistics, terms } = evaluateLoss({ prediction, target });
    const data = {
      loss: (await loss.data())[0] ?? Number.NaN,
      scores: await scores.data(),
      gradient: await gradient.data(),
    };
    tf.dispose([loss, scores, gradient, statistics, terms]);
    return data;
  });
  tf.dispose([prediction, target]);
  return { ...result, milliseconds };
}

/** The exported graph of a loss on volumes of labels. */
export function graphOf(spec: LossSpec): Uint8Array {
  return exportLoss(spec, {
    spatialRank: 3,
    outputs: ['loss', 'gradient', 'scores'],
    labels: 'uint8',
  });
}

async function runOnnx(spec: LossSpec, inputs: Inputs): Promise<Outcome> {
  const session = await ort.InferenceSession.create(graphOf(spec));
  const { shape } = inputs;
  const feeds = {
    prediction: new ort.Tensor('float32', inputs.logits, shape),
    target: new ort.Tensor('uint8', inputs.labels, [shape[0], shape[2], shape[3], shape[4]]),
  };
  const [result, milliseconds] = await timed(() => session.run(feeds));
  await session.release();
  const data = (name: string): Float32Array => result[name]?.data as Float32Array;
  return {
    loss: data('loss')[0] ?? Number.NaN,
    scores: data('scores'),
    gradient: data('gradient'),
    milliseconds,
  };
}

async function timed<Result>(work: () => Promise<Result>): Promise<readonly [Result, number]> {
  const start = performance.now();
  return [await work(), performance.now() - start];
}
