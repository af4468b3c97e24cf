import { Worker } from 'node:worker_threads';
import type { Job, Report } from './job.js';

/** Does all jobs with so many workers; each is a thread with a tfjs of its own. */
export function worked(
  jobs: readonly Job[],
  workers: number,
  heard: (report: Report) => void,
): Promise<void> {
  const waiting = [...jobs];
  return new Promise((resolve, reject) => {
    let busy = 0;
    const start = (): void => {
      const worker = new Worker(new URL('./worker.js', import.meta.url));
      const next = async (): Promise<void> => {
        const job = waiting.shift();
        if (job !== undefined) return worker.postMessage(job);
        await worker.terminate();
        busy -= 1;
        if (busy === 0) resolve();
      };
      busy += 1;
      worker.on('error', reject);
      worker.on('message', (message: Report | 'ready') => {
        if (message !== 'ready') heard(message);
        if (message === 'ready' || message.last) next().catch(reject);
      });
    };
    for (let at = 0; at < Math.min(workers, jobs.length); at += 1) start();
  });
}
