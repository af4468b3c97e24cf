import type { RuntimeResults } from '@softdice/onnx';
import type { ConnectionOptions, WorkerOptions } from 'bullmq';

/** What a worker is asked for: the statistics of one volume. */
export interface VolumeJob {
  readonly folder: string;
  /** The graph of statistics, whose metadata say what the loss is. */
  readonly model: string;
}

/** What it gives back: a few numbers per class, by name. */
export type VolumeResult = RuntimeResults;

/** How to reach the queue: a socket of redis-server, or a port of it. */
export function connectionOf(address: string): ConnectionOptions {
  // A worker waits for redis for as long as it takes.
  const waiting = { maxRetriesPerRequest: null };
  return /^\d+$/.test(address)
    ? { host: '127.0.0.1', port: Number(address), ...waiting }
    : { path: address, ...waiting };
}

/** After so many milliseconds of silence a worker counts as dead, and its volume goes to another one. */
export function patience(
  milliseconds: number,
): Pick<WorkerOptions, 'lockDuration' | 'stalledInterval' | 'maxStalledCount'> {
  return {
    lockDuration: milliseconds,
    stalledInterval: milliseconds,
    // A volume that kills every worker is given up, by name.
    maxStalledCount: 3,
  };
}
