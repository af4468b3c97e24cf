import {
  exportParts,
  type LossSpec,
  merge,
  readCoefficients,
  readStatistics,
  type Statistics,
} from '@softdice/onnx';
import * as ort from 'onnxruntime-node';
import type { Volume } from './volume-file.js';

/** What a pass over a volume has done so far. */
export interface Progress {
  readonly pass: 'statistics' | 'gradient';
  readonly tiles: number;
  readonly of: number;
}

/** What is to be done with a volume. */
export interface TiledOptions {
  /** Slices per tile: buffers, and everything that the runtime computes, are of this size. */
  readonly depth: number;
  readonly threads?: number;
  readonly onProgress?: (progress: Progress) => void;
}

/** Loss and scores of a volume. */
export interface TiledLoss {
  readonly loss: number;
  readonly scores: readonly number[];
}

/**
 * Scores and differentiates a volume tile by tile: the sums of each tile, merged; loss and coefficients from
 * those few numbers; then the gradient of each tile, which is written next to the logits.
 *
 * Never more than a tile is in memory: its logits, labels and gradient lie in buffers that all tiles share.
 */
export async function tiledLoss(
  volume: Volume,
  spec: LossSpec,
  { depth, threads = 1, onProgress = () => undefined }: TiledOptions,
): Promise<TiledLoss> {
  const [slices, height, width, channels] = volume.shape;
  const parts = exportParts(spec, { spatialRank: 3, layout: 'channelsLast', labels: 'uint8' });
  const open = (model: Uint8Array): Promise<ort.InferenceSession> =>
    ort.InferenceSession.create(model, {
      intraOpNumThreads: threads,
      // A tile of another size would make the arena keep memory for both.
      enableCpuMemArena: false,
    });
  const slice = height * width;
  const logits = new Float32Array(depth * slice * channels);
  const labels = new Uint8Array(depth * slice);
  const slopes = new Float32Array(logits.length);
  const of = Math.ceil(slices / depth);
  const starts = Array.from({ length: of }, (_, tile) => tile * depth);
  const tileAt = async (from: number): Promise<ort.InferenceSession.FeedsType> => {
    const count = Math.min(depth, slices - from);
    const [ownLogits, ownLabels] = [
      logits.subarray(0, count * slice * channels),
      labels.subarray(0, count * slice),
    ];
    await volume.read(from, ownLogits, ownLabels);
    return {
      prediction: new ort.Tensor('float32', ownLogits, [1, count, height, width, channels]),
      target: new ort.Tensor('uint8', ownLabels, [1, count, height, width]),
    };
  };

  const sums = await open(parts.statistics);
  let merged: Statistics | undefined;
  for (const [tile, from] of starts.entries()) {
    const own = readStatistics(spec, await sums.run(await tileAt(from)));
    merged = merged === undefined ? own : merge([merged, own], 'tiles', spec);
    onProgress({ pass: 'statistics', tiles: tile + 1, of });
  }
  await sums.release();

  const head = await open(parts.head);
  const found = await head.run(tensorsOf(merged ?? {}));
  await head.release();
  const coefficients = tensorsOf(readCoefficients(spec, found));

  const pullback = await open(parts.pullback);
  for (const [tile, from] of starts.entries()) {
    const inputs = await tileAt(from);
    const { dims, size } = inputs['prediction'] as ort.Tensor;
    const gradient = slopes.subarray(0, size);
    // The runtime writes into the buffer that it is given.
    const into = { gradient: new ort.Tensor('float32', gradient, dims) };
    await pullback.run({ ...inputs, ...coefficients }, into);
    await volume.writeGradient(from, gradient);
    onProgress({ pass: 'gradient', tiles: tile + 1, of });
  }
  await pullback.release();

  const numbers = (name: string): readonly number[] =>
    Array.from(found[name]?.data as Float32Array);
  const [loss = Number.NaN] = numbers('loss');
  return { loss, scores: numbers('scores') };
}

/** A few numbers per sample and class, as the runtime takes them. */
function tensorsOf(arrays: Statistics): Record<string, ort.Tensor> {
  return Object.fromEntries(
    Object.entries(arrays).map(([name, { shape, data }]) => [
      name,
      new ort.Tensor('float32', Float32Array.from(data), shape),
    ]),
  );
}
