import { setTimeout } from 'node:timers/promises';
import { problemOf } from '../problem.js';
import { rivals } from '../rivals.js';
import { median } from '../rounds.js';
import { knownAllocation } from './known-allocation.js';
import { peakBytes, residentBytes } from './resident.js';

/*
 * A process of one rival: prints by how many bytes it grows at the peak of a step, beside the
 * gradient; the median of five steps. `grown-process.js NAME SAMPLES CHANNELS ...SPATIAL`
 */
const [name, ...sizes] = process.argv.slice(2);
const [samples = 1, channels = 1, ...spatial] = sizes.map(Number);
const entry = [...rivals, knownAllocation].find((candidate) => candidate.name === name);
if (entry === undefined) throw new Error(`no rival ${name}`);

// Code, threads and compiled functions are in memory before anything is counted.
const side = spatial.length === 2 ? 64 : 16;
const tiny = await entry.start(problemOf(2, [...spatial.map(() => side)], channels));
for (let step = 0; step < 50; step++) await tiny?.step();
await tiny?.close();
await setTimeout(200);

const problem = problemOf(samples, spatial, channels);
const rival = await entry.start(problem);
let least = Number.POSITIVE_INFINITY;
const peaks: number[] = [];
for (let step = 0; step < 5; step++) {
  // The last gradient is given up before the next one is there.
  globalThis.gc?.();
  await setTimeout(20);
  globalThis.gc?.();
  least = Math.min(least, residentBytes());
  await rival?.step();
  peaks.push(peakBytes());
}
console.log(median(peaks) - least - problem.first.byteLength);
process.exit(0);
