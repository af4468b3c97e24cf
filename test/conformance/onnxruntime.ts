import { compile, type LossSpec, planOf } from '@softdice/core';
import { exportLoss } from '@softdice/onnx';
import * as ort from 'onnxruntime-node';
import type { Batch, Tensor } from '../arbitraries/batch.js';
import { float32 } from '../tolerance/precision.js';
import type { Outcome, Result, Target } from './target.js';

/** The exported graph in onnxruntime's CPU build for Node. */
export const onnxruntime: Target = {
  name: 'onnxruntime-node',
  precision: float32,
  evaluate: async (spec, batch, cotangent) => {
    const rank = batch.prediction.shape.length - 2;
    const bytes = exportLoss(spec, {
      spatialRank: rank as 0 | 1 | 2 | 3,
      outputs: ['loss', 'gradient', 'scores', 'statistics'],
      ...(planOf(spec).target.kind === 'labels' ? { labels: 'int32' as const } : {}),
      cotangent: cotangent === undefined ? 'ones' : 'input',
    });
    const session = await ort.InferenceSession.create(bytes, { intraOpNumThreads: 1 });
    try {
      return await outcomeOf(session, spec, batch, cotangent);
    } finally {
      await session.release();
    }
  },
};

async function outcomeOf(
  session: ort.InferenceSession,
  spec: LossSpec,
  batch: Batch,
  cotangent: Tensor | undefined,
): Promise<Outcome> {
  const { target } = planOf(spec);
  const [samples = 1, , ...spatial] = batch.prediction.shape;
  const float = ({ shape, data }: Tensor): ort.Tensor =>
    new ort.Tensor('float32', Float32Array.from(data), shape);
  const plane = (tensor: Tensor): Tensor =>
    tensor.shape.length === spatial.length + 1
      ? { ...tensor, shape: [samples, 1, ...spatial] }
      : tensor;
  const labels = (): ort.Tensor =>
    new ort.Tensor('int32', Int32Array.from(batch.target.data), [samples, ...spatial]);
  const results = await session.run({
    prediction: float(batch.prediction),
    target: target.kind === 'labels' ? labels() : float(plane(batch.target)),
    ...(batch.mask === undefined ? {} : { mask: float(plane(batch.mask)) }),
    ...(cotangent === undefined ? {} : { cotangent: float(cotangent) }),
  });
  const read = (name: string): Result => {
    const tensor = results[name];
    if (tensor === undefined) throw new Error(`no output ${name}`);
    return { shape: tensor.dims, data: tensor.data as Float32Array };
  };
  return {
    loss: read('loss'),
    gradient: read('gradient'),
    scores: read('scores'),
    statistics: Object.fromEntries(compile(spec).statistics.map(({ name }) => [name, read(name)])),
  };
}
