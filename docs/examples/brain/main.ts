/** Scores a prediction of a real brain by several losses on every backend, and compares them. */

import { mkdir, writeFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { score } from '@softdice/reference';
import * as tf from '@tensorflow/tfjs';
import { backends, graphOf, type Inputs, type Outcome } from './backends.js';
import type { Brain } from './brain.js';
import { losses } from './losses.js';
import { drawPicture, watchedSlice } from './picture/picture.js';
import type { Slice } from './picture/slice.js';
import { predictBrain } from './prediction.js';
import { row } from './table.js';
import { loadBrain } from './volume.js';

const widths: readonly number[] = [22, 13, 14, 14, 15, 10];

/** The largest difference of two arrays. */
function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = 0;
  for (let at = 0; at < b.length; at++) {
    largest = Math.max(largest, Math.abs((a[at] ?? Number.NaN) - (b[at] ?? Number.NaN)));
  }
  return largest;
}

/** The largest absolute value. */
function largestOf(a: ArrayLike<number>): number {
  return largestDifference(a, new Float64Array(a.length));
}

/** Prints the comparison; returns the part of each loss's gradient that the picture shows. */
async function compareBackends(
  inputs: Inputs,
  { size }: Brain,
): Promise<ReadonlyMap<string, Slice>> {
  const gradients = new Map<string, Slice>();
  const header = ['loss', 'backend', 'value', 'scores off by', 'gradient off by', 'time'];
  console.log(row(header, widths));
  console.log(
    row(
      widths.map((width) => '-'.repeat(width)),
      widths,
    ),
  );
  for (const [name, spec] of Object.entries(losses)) {
    let judge: Outcome | undefined;
    for (const backend of backends) {
      const outcome = await backend.run(spec, inputs);
      judge ??= outcome;
      const scores = largestDifference(outcome.scores, judge.scores);
      const gradient =
        largestDifference(outcome.gradient, judge.gradient) / largestOf(judge.gradient);
      const off = (value: number): string => (outcome === judge ? 'judge' : value.toExponential(1));
      const cells = [
        outcome === judge ? name : '',
        backend.name,
        outcome.loss.toFixed(9),
        off(scores),
        off(gradient),
        `${Math.round(outcome.milliseconds)} ms`,
      ];
      console.log(row(cells, widths));
    }
    if (judge !== undefined) gradients.set(name, watchedSlice(judge.gradient, size));
  }
  return gradients;
}

function printClasses(brain: Brain, inputs: Inputs): void {
  const [, channels, ...spatial] = inputs.shape;
  const prediction = { shape: inputs.shape, data: inputs.logits };
  const target = { shape: [1, ...spatial], data: inputs.labels };
  const hard = score({ target: 'labels' }, { prediction, target });
  console.log('\nDice of the decided labels, per class:');
  for (let label = 0; label < channels; label++) {
    console.log(row([brain.classNames[label] ?? '', (hard.data[label] ?? 0).toFixed(4)], [26, 8]));
  }
}

/** A file name from the name of a loss. */
function slug(name: string): string {
  return (name.toLowerCase().match(/[a-z0-9.]+/g) ?? []).join('-');
}

async function writeGraphs(folder: URL): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, spec] of Object.entries(losses)) {
    const file = new URL(`${slug(name)}.onnx`, folder);
    await writeFile(file, graphOf(spec));
    console.log(`wrote ${relative(process.cwd(), fileURLToPath(file))}`);
  }
}

async function writePicture(bytes: Uint8Array, folder: URL): Promise<void> {
  const file = new URL('brain.png', folder);
  await writeFile(file, bytes);
  console.log(`wrote ${relative(process.cwd(), fileURLToPath(file))}`);
}

tf.enableProdMode();
const brain = await loadBrain();
console.log(`T1 brain of ${brain.size.join(' x ')} voxels, ${brain.classNames.length} classes.`);
console.log('Predicting it from its mirror image ...');
const logits = predictBrain(brain);
const inputs: Inputs = {
  logits,
  labels: brain.labels,
  shape: [1, brain.classNames.length, ...brain.size],
};
console.log(
  'Loss and gradient; the largest difference of the gradient is relative to its maximum.\n',
);
const gradients = await compareBackends(inputs, brain);
printClasses(brain, inputs);
console.log('');
const out = new URL('../../../examples/brain/out/', import.meta.url);
await writeGraphs(out);
await writePicture(drawPicture(brain, logits, gradients), out);
