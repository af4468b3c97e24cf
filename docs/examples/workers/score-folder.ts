import { readdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import {
  exportParts,
  type Finished,
  finish,
  type LossSpec,
  merge,
  readStatistics,
} from '@softdice/onnx';
import { Queue, QueueEvents } from 'bullmq';
import { connectionOf, type VolumeJob, type VolumeResult } from './volume-queue.js';

/** Where the volumes are, and who counts them. */
export interface FolderOptions {
  /** A folder of volumes, each a folder as `openVolume` reads it. */
  readonly folder: string;
  /** Socket or port of redis-server. */
  readonly address: string;
  readonly queue: string;
  readonly onProgress?: (done: number, of: number) => void;
}

/** Loss and scores of all volumes, and the names of the samples. */
export interface FolderScore extends Finished {
  readonly volumes: readonly string[];
}

/**
 * Scores a folder of volumes by however many workers are listening, each volume as a sample.
 *
 * The name of a volume is the name of its job, and the queue has a name once, with one result: a volume counts
 * once if it is asked for twice, if a worker dies over it, and if a worker that was thought dead
 * returns. Asking again for a folder that is partly counted counts the rest.
 */
export async function scoreFolder(
  spec: LossSpec,
  { folder, address, queue: name, onProgress = () => undefined }: FolderOptions,
): Promise<FolderScore> {
  const entries = await readdir(folder, { withFileTypes: true });
  const volumes = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted();
  const model = join(folder, 'statistics.onnx');
  const { statistics } = exportParts(spec, {
    spatialRank: 3,
    layout: 'channelsLast',
    labels: 'uint8',
  });
  await writeFile(model, statistics);
  const connection = connectionOf(address);
  const queue = new Queue<VolumeJob, VolumeResult>(name, { connection });
  const events = new QueueEvents(name, { connection });
  try {
    await events.waitUntilReady();
    const jobs = await queue.addBulk(
      volumes.map((volume) => ({
        name: basename(volume),
        data: { folder: join(folder, volume), model },
        opts: { jobId: `volume-${volume}`, removeOnComplete: false },
      })),
    );
    let done = 0;
    const results = await Promise.all(
      jobs.map(async (job) => {
        const result: VolumeResult = await job.waitUntilFinished(events);
        done += 1;
        onProgress(done, jobs.length);
        return result;
      }),
    );
    const parts = results.map((result) => readStatistics(spec, result));
    return { volumes, ...finish(spec, merge(parts, 'batches', spec)) };
  } finally {
    await events.close();
    await queue.close();
  }
}
