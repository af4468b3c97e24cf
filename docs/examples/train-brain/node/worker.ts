/** Trains one network after the other, as jobs come. */

import { parentPort } from 'node:worker_threads';
import { loadBrain } from '../../brain/volume.js';
import { contenders } from '../losses.js';
import { halvesOf } from '../slices.js';
import { course, trained } from '../training.js';
import { useWasm } from './backend.js';
import type { Job, Report } from './job.js';

await useWasm();
const halves = halvesOf(await loadBrain());
parentPort?.on('message', async (job: Job) => {
  const spec = contenders[job.contender]?.spec;
  if (spec === undefined) throw new Error(`no loss ${job.contender}`);
  await trained({ spec, ...halves, seed: job.seed, course, keep: 'last' }, (check) => {
    const report: Report = { job, check, last: check.step === course.steps };
    parentPort?.postMessage(report);
  });
});
parentPort?.postMessage('ready');
