// A worker: takes volumes from the queue until it is stopped. It knows no loss: the job names a graph.
// node docs/dist/examples/workers/worker.js ADDRESS QUEUE [MILLISECONDS OF PATIENCE]
import { readFile } from 'node:fs/promises';
import { type LossSpec, merge, readSpec, readStatistics, type Statistics } from '@softdice/onnx';
import { Worker } from 'bullmq';
import * as ort from 'onnxruntime-node';
import { openVolume } from '../tiles/volume-file.js';
import { connectionOf, patience, type VolumeJob, type VolumeResult } from './volume-queue.js';

const [address = '6379', queue = 'volumes', milliseconds = '30000'] = process.argv.slice(2);
/** Slices in memory at a time. */
const depth = 8;

/** The sums over one volume, tile by tile. */
async function sums(folder: string, model: Uint8Array): Promise<Statistics> {
  const spec: LossSpec = readSpec(model);
  const volume = await openVolume(folder);
  const session = await ort.InferenceSession.create(model, { intraOpNumThreads: 1 });
  try {
    const [slices, height, width, channels] = volume.shape;
    const tiles: Statistics[] = [];
    for (let from = 0; from < slices; from += depth) {
      const count = Math.min(depth, slices - from);
      const logits = new Float32Array(count * height * width * channels);
      const labels = new Uint8Array(count * height * width);
      await volume.read(from, logits, labels);
      const found = await session.run({
        prediction: new ort.Tensor('float32', logits, [1, count, height, width, channels]),
        target: new ort.Tensor('uint8', labels, [1, count, height, width]),
      });
      tiles.push(readStatistics(spec, found));
    }
    return merge(tiles, 'tiles', spec);
  } finally {
    await session.release();
    await volume.close();
  }
}

const worker = new Worker<VolumeJob, VolumeResult>(
  queue,
  async ({ id, data }) => {
    console.log(`took ${id}`);
    const statistics = await sums(data.folder, await readFile(data.model));
    return Object.fromEntries(
      Object.entries(statistics).map(([name, { shape: dims, data }]) => [
        name,
        { dims, data: Array.from(data) },
      ]),
    );
  },
  { connection: connectionOf(address), ...patience(Number(milliseconds)) },
);
worker.on('completed', ({ id }) => console.log(`counted ${id}`));
// Such as a lock that was lost, because another worker has the volume by now: its result counts, not this one.
worker.on('error', ({ message }) => console.error(message));
process.once('SIGTERM', () => void worker.close());
