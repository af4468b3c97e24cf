/** Trains a small network on half a brain with each loss and five seeds, and writes docs/train-brain.md. */

import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { encodePng } from '../../brain/picture/png.js';
import { loadBrain } from '../../brain/volume.js';
import { trainedByArgmax } from '../argmax.js';
import { contenders } from '../losses.js';
import type { Outcome } from '../outcome.js';
import { learningCurves, overlays } from '../pictures.js';
import { halvesOf } from '../slices.js';
import { diceTable, rareTable, type Trained } from '../tables.js';
import { type Check, course } from '../training.js';
import { useWasm } from './backend.js';
import { worked } from './crew.js';
import type { Job } from './job.js';
import { pageOf } from './page.js';
import { progressOf } from './progress.js';

const seeds = [1, 2, 3, 4, 5];
/** Hippocampus and amygdala. */
const rare = 4;

await useWasm();
const brain = await loadBrain();
const { training, heldOut } = halvesOf(brain);
const { count, height, width } = training;
console.log(
  `Training on ${count} slices of ${height} x ${width} voxels, scoring the other half of the brain.`,
);
const unmoved = trainedByArgmax(training, course.classes, 10);
console.log(
  `Argmax in the loss, by hand: loss ${unmoved.loss.toFixed(4)}, after 10 steps the largest change of a weight is ${unmoved.largestChange}.`,
);
console.log(`Held-out Dice on the way: ${brain.classNames.slice(1).join(', ')}.`);
// All losses of a seed before the next seed, so that what is seen on the way is a fair sample.
const jobs: readonly Job[] = seeds.flatMap((seed) =>
  contenders.map((_, contender) => ({ contender, seed })),
);
const checks = new Map<string, Check[]>();
const key = ({ contender, seed }: Job): string => `${contender} ${seed}`;
const progress = progressOf(jobs.length * course.checks);
let done = 0;
await worked(jobs, Math.min(2, availableParallelism()), ({ job, check }) => {
  checks.set(key(job), [...(checks.get(key(job)) ?? []), check]);
  done += 1;
  progress(
    done,
    `${contenders[job.contender]?.name}, seed ${job.seed}, step ${check.step}`,
    check.dice,
  );
});
const all: readonly Trained[] = contenders.map(({ name }, contender) => ({
  name,
  outcomes: seeds.map(
    (seed): Outcome => ({ seed, checks: checks.get(key({ contender, seed })) ?? [] }),
  ),
}));
const tables = {
  dice: diceTable(all, brain.classNames),
  rare: rareTable(all, heldOut, rare),
};
console.log(`\nHeld-out Dice:\n\n${tables.dice}\n\nThe small class:\n\n${tables.rare}\n`);

const docs = new URL('../../../../', import.meta.url);
const { drawing, ...size } = overlays(all, heldOut, rare);
const name = brain.classNames[rare] ?? '';
await writeFile(new URL('pictures/train-brain.svg', docs), learningCurves(all, rare, name));
await writeFile(
  new URL('pictures/train-brain.png', docs),
  encodePng(drawing, size.width, size.height),
);
await writeFile(new URL('train-brain.md', docs), pageOf(tables, unmoved, seeds.length, training));
console.log('wrote docs/train-brain.md and its pictures');
