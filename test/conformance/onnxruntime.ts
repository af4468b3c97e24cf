import { additiveOf, type LevelsInputs, type LossSpec, levelsPlanOf, planOf } from '@softdice/core';
import {
  type Dtype,
  exportLevels,
  exportLoss,
  type Form,
  type LabelType,
  type Layout,
  type Opset,
  type SpatialRank,
} from '@softdice/onnx';
import * as ort from 'onnxruntime-node';
import type { Batch, Tensor } from '../arbitraries/batch.js';
import { float32, float64 } from '../tolerance/precision.js';
import { programOf } from './bounds.js';
import { halfBits, halfNumbers } from './half.js';
import type { LevelsTarget, Outcome, Result } from './target.js';

/** How a graph is written: none of it changes what it says. */
export interface Writing {
  readonly layout: Layout;
  readonly dtype: Dtype;
  readonly form: Form;
  readonly opset: Opset;
  readonly labels: LabelType;
  /** Where a loss is computed in blocks: how many numbers of the prediction at once. */
  readonly blockSize?: number | undefined;
}

export type Feeds = Readonly<Record<string, ort.Tensor>>;

/** A runtime that executes a graph once. */
export type Run = (bytes: Uint8Array, given: Feeds) => Promise<Feeds>;

export const plain: Writing = {
  layout: 'channelsFirst',
  dtype: 'float32',
  form: 'inline',
  opset: 17,
  labels: 'int32',
};

/** onnxruntime's CPU build for Node, on one thread. */
export const inNode: Run = async (bytes, given) => {
  const options = { intraOpNumThreads: 1, logSeverityLevel: 4 } as const;
  const session = await ort.InferenceSession.create(bytes, options);
  try {
    return await session.run(given);
  } finally {
    await session.release();
  }
};

/** The exported graph in some runtime. */
export function graphTarget(name: string, run: Run, writing: Writing = plain): LevelsTarget {
  const { dtype } = writing;
  return {
    name,
    precision: dtype === 'float64' ? float64 : float32,
    evaluate: async (spec, batch, cotangent) => {
      const bytes = exportLoss(spec, {
        ...ofSpec(writing, planOf(spec).target.kind === 'labels'),
        ...inBlocks(writing, spec, batch),
        spatialRank: rankOf(batch.prediction),
        outputs: ['loss', 'gradient', 'scores', 'statistics'],
        cotangent: cotangent === undefined ? 'ones' : 'input',
      });
      const given = feeds(spec, batch, cotangent, writing);
      return outcomeOf(spec, batch, await run(bytes, given), writing);
    },
    evaluateLevels: async (spec, inputs) => {
      const plan = levelsPlanOf(spec);
      const [finest] = inputs.predictions;
      const isLabels = (at: number): boolean => plan.levels[at]?.loss.target.kind === 'labels';
      const bytes = exportLevels(spec, {
        ...ofSpec(
          writing,
          plan.levels.some((_, at) => isLabels(at)),
        ),
        spatialRank: finest === undefined ? 0 : rankOf(finest),
      });
      const results = await run(bytes, levelFeeds(inputs, plan.targets, isLabels, writing));
      return {
        loss: read(results, 'loss'),
        gradients: plan.levels.map((_, at) =>
          channelsFirst(read(results, `gradient.${at}`), writing.layout),
        ),
      };
    },
  };
}

/** The exported graph in onnxruntime's CPU build for Node. */
export const onnxruntime: LevelsTarget = graphTarget('onnxruntime-node', inNode);

/** The options of a spec: a label type belongs to labels. */
export function ofSpec(
  { labels, blockSize: _, ...others }: Writing,
  hasLabels: boolean,
): Partial<Omit<Writing, 'blockSize'>> {
  return hasLabels ? { ...others, labels } : others;
}

/** Blocks of a loss that can be computed in blocks. */
function inBlocks(
  { blockSize }: Writing,
  spec: LossSpec,
  { prediction }: Batch,
): { readonly blockSize?: number } {
  const has = additiveOf(spec) === 'voxels' && rankOf(prediction) > 0;
  return blockSize === undefined || !has ? {} : { blockSize };
}

/** The inputs of a graph. */
export function feeds(
  spec: LossSpec,
  { prediction, target, mask }: Batch,
  cotangent: Tensor | undefined,
  writing: Writing,
): Feeds {
  const rank = rankOf(prediction);
  const { kind } = planOf(spec).target;
  return {
    prediction: voxels(prediction, writing),
    target:
      kind === 'labels' ? labels(target, rank, writing) : voxels(plane(target, rank), writing),
    ...(mask === undefined ? {} : { mask: voxels(plane(mask, rank), writing) }),
    ...(cotangent === undefined ? {} : { cotangent: grid(cotangent, writing) }),
  };
}

function levelFeeds(
  { predictions, targets, masks = [] }: LevelsInputs<Tensor>,
  shared: 'nearest' | 'given',
  isLabels: (level: number) => boolean,
  writing: Writing,
): Feeds {
  const [finest] = predictions;
  const rank = finest === undefined ? 0 : rankOf(finest);
  const name = (input: string, at: number): string =>
    shared === 'nearest' ? input : `${input}.${at}`;
  const planes = (tensor: Tensor): ort.Tensor => voxels(plane(tensor, rank), writing);
  return Object.fromEntries([
    ...predictions.map((tensor, at) => [`prediction.${at}`, voxels(tensor, writing)] as const),
    ...targets.map(
      (tensor, at) =>
        [
          name('target', at),
          isLabels(at) ? labels(tensor, rank, writing) : planes(tensor),
        ] as const,
    ),
    ...masks.flatMap((tensor, at) =>
      tensor === undefined ? [] : [[name('mask', at), planes(tensor)] as const],
    ),
  ]);
}

/** The number of spatial axes of a prediction. */
export function rankOf({ shape }: Tensor): SpatialRank {
  return (shape.length - 2) as SpatialRank;
}

/** A tensor with all axes, in the layout and the type of the graph. */
export function voxels(tensor: Tensor, { layout, dtype }: Writing): ort.Tensor {
  const { shape, data } = layout === 'channelsLast' ? channelsLast(tensor) : tensor;
  switch (dtype) {
    case 'float16':
      return new ort.Tensor('float16', halfBits(data), shape);
    case 'float32':
      return new ort.Tensor('float32', Float32Array.from(data), shape);
    case 'float64':
      return new ort.Tensor('float64', Float64Array.from(data), shape);
  }
}

/** A tensor without voxels, in the type of all computing. */
export function grid({ shape, data }: Tensor, { dtype }: Writing): ort.Tensor {
  return dtype === 'float64'
    ? new ort.Tensor('float64', Float64Array.from(data), shape)
    : new ort.Tensor('float32', Float32Array.from(data), shape);
}

/** With a channel axis of size 1 where there is none. */
export function plane(tensor: Tensor, rank: number): Tensor {
  const { shape } = tensor;
  return shape.length === rank + 1
    ? { ...tensor, shape: [...shape.slice(0, 1), 1, ...shape.slice(1)] }
    : tensor;
}

/** Without a channel axis. */
export function labels({ shape, data }: Tensor, rank: number, writing: Writing): ort.Tensor {
  const flat = [...shape.slice(0, 1), ...shape.slice(shape.length - rank)];
  switch (writing.labels) {
    case 'uint8':
      return new ort.Tensor('uint8', Uint8Array.from(data), flat);
    case 'int32':
      return new ort.Tensor('int32', Int32Array.from(data), flat);
    case 'int64':
      return new ort.Tensor('int64', BigInt64Array.from(data, BigInt), flat);
  }
}

function channelsLast({ shape, data }: Tensor): Tensor {
  const [samples = 1, channels = 1, ...spatial] = shape;
  const count = spatial.reduce((product, size) => product * size, 1);
  return { shape: [samples, ...spatial, channels], data: turned(data, channels, count) };
}

/** A result with its channels second. */
export function channelsFirst(result: Result, layout: Layout): Result {
  if (layout === 'channelsFirst') return result;
  const samples = result.shape.slice(0, 1);
  const channels = result.shape.slice(-1);
  const spatial = result.shape.slice(1, -1);
  const count = spatial.reduce((product, size) => product * size, 1);
  const data = turned(Array.from(result.data), count, channels[0] ?? 1);
  return { shape: [...samples, ...channels, ...spatial], data };
}

/** `[N, rows, columns]` as `[N, columns, rows]`. */
function turned(data: readonly number[], rows: number, columns: number): readonly number[] {
  return data.map((_, at) => {
    const sample = Math.floor(at / (rows * columns));
    const [column, row] = [Math.floor(at / rows) % columns, at % rows];
    return data[(sample * rows + row) * columns + column] ?? Number.NaN;
  });
}

/** An output of a graph. */
export function read(results: Feeds, name: string): Result {
  const tensor = results[name];
  if (tensor === undefined) throw new Error(`no output ${name}`);
  const data = tensor.data as ArrayLike<number>;
  return {
    shape: tensor.dims,
    data: tensor.type === 'float16' ? halfNumbers(Array.from(data)) : data,
  };
}

function outcomeOf(spec: LossSpec, batch: Batch, results: Feeds, { layout }: Writing): Outcome {
  return {
    loss: read(results, 'loss'),
    gradient: channelsFirst(read(results, 'gradient'), layout),
    scores: read(results, 'scores'),
    statistics: Object.fromEntries(
      programOf({ spec, batch }).statistics.map(({ name }) => [name, read(results, name)]),
    ),
  };
}
