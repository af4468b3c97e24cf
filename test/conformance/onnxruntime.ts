import { type LevelsInputs, type LossSpec, levelsPlanOf, planOf } from '@softdice/core';
import { exportLevels, exportLoss, type SpatialRank } from '@softdice/onnx';
import * as ort from 'onnxruntime-node';
import type { Batch, Tensor } from '../arbitraries/batch.js';
import { float32 } from '../tolerance/precision.js';
import { programOf } from './bounds.js';
import type { LevelsTarget, Outcome, Result } from './target.js';

/** The exported graph in onnxruntime's CPU build for Node. */
export const onnxruntime: LevelsTarget = {
  name: 'onnxruntime-node',
  precision: float32,
  evaluate: async (spec, batch, cotangent) => {
    const bytes = exportLoss(spec, {
      spatialRank: rankOf(batch.prediction),
      outputs: ['loss', 'gradient', 'scores', 'statistics'],
      ...(planOf(spec).target.kind === 'labels' ? { labels: 'int32' as const } : {}),
      cotangent: cotangent === undefined ? 'ones' : 'input',
    });
    return outcomeOf(spec, batch, await run(bytes, feeds(spec, batch, cotangent)));
  },
  evaluateLevels: async (spec, inputs) => {
    const plan = levelsPlanOf(spec);
    const [finest] = inputs.predictions;
    const rank = finest === undefined ? 0 : rankOf(finest);
    const hasLabels = plan.levels.some(({ loss }) => loss.target.kind === 'labels');
    const bytes = exportLevels(spec, {
      spatialRank: rank,
      ...(hasLabels ? { labels: 'int32' as const } : {}),
    });
    const isLabels = (at: number): boolean => plan.levels[at]?.loss.target.kind === 'labels';
    const results = await run(bytes, levelFeeds(inputs, plan.targets, isLabels));
    return {
      loss: read(results, 'loss'),
      gradients: plan.levels.map((_, at) => read(results, `gradient.${at}`)),
    };
  },
};

type Feeds = Readonly<Record<string, ort.Tensor>>;

async function run(bytes: Uint8Array, given: Feeds): Promise<Feeds> {
  const session = await ort.InferenceSession.create(bytes, { intraOpNumThreads: 1 });
  try {
    return await session.run(given);
  } finally {
    await session.release();
  }
}

function feeds(spec: LossSpec, batch: Batch, cotangent: Tensor | undefined): Feeds {
  const { prediction, target, mask } = batch;
  const rank = rankOf(prediction);
  const { kind } = planOf(spec).target;
  return {
    prediction: float(prediction),
    target: kind === 'labels' ? labels(target, rank) : float(plane(target, rank)),
    ...(mask === undefined ? {} : { mask: float(plane(mask, rank)) }),
    ...(cotangent === undefined ? {} : { cotangent: float(cotangent) }),
  };
}

function levelFeeds(
  { predictions, targets, masks = [] }: LevelsInputs<Tensor>,
  shared: 'nearest' | 'given',
  isLabels: (level: number) => boolean,
): Feeds {
  const [finest] = predictions;
  const rank = finest === undefined ? 0 : rankOf(finest);
  const name = (input: string, at: number): string =>
    shared === 'nearest' ? input : `${input}.${at}`;
  return Object.fromEntries([
    ...predictions.map((tensor, at) => [`prediction.${at}`, float(tensor)] as const),
    ...targets.map(
      (tensor, at) =>
        [
          name('target', at),
          isLabels(at) ? labels(tensor, rank) : float(plane(tensor, rank)),
        ] as const,
    ),
    ...masks.flatMap((tensor, at) =>
      tensor === undefined ? [] : [[name('mask', at), float(plane(tensor, rank))] as const],
    ),
  ]);
}

function rankOf({ shape }: Tensor): SpatialRank {
  return (shape.length - 2) as SpatialRank;
}

function float({ shape, data }: Tensor): ort.Tensor {
  return new ort.Tensor('float32', Float32Array.from(data), shape);
}

/** With a channel axis of size 1 where there is none. */
function plane(tensor: Tensor, rank: number): Tensor {
  const { shape } = tensor;
  return shape.length === rank + 1
    ? { ...tensor, shape: [...shape.slice(0, 1), 1, ...shape.slice(1)] }
    : tensor;
}

/** Without a channel axis. */
function labels({ shape, data }: Tensor, rank: number): ort.Tensor {
  const flat = [...shape.slice(0, 1), ...shape.slice(shape.length - rank)];
  return new ort.Tensor('int32', Int32Array.from(data), flat);
}

function read(results: Feeds, name: string): Result {
  const tensor = results[name];
  if (tensor === undefined) throw new Error(`no output ${name}`);
  return { shape: tensor.dims, data: tensor.data as Float32Array };
}

function outcomeOf(spec: LossSpec, batch: Batch, results: Feeds): Outcome {
  return {
    loss: read(results, 'loss'),
    gradient: read(results, 'gradient'),
    scores: read(results, 'scores'),
    statistics: Object.fromEntries(
      programOf({ spec, batch }).statistics.map(({ name }) => [name, read(results, name)]),
    ),
  };
}
