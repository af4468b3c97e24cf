import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { accuracyText } from './accuracy.js';
import { gatesOf, linesOf } from './gates.js';
import { machineText } from './machine.js';
import { memoryCheckText } from './memory/known-allocation.js';
import { type Line, plotOf } from './plot.js';
import { problemOf } from './problem.js';
import { subject, tableOf } from './report.js';
import { fusedC } from './rivals/process.js';
import { plainLoops, typedArrays } from './rivals/typed-arrays.js';
import { autograd, fusedFirst, fusedLast, rivals } from './rivals.js';
import { type Measured, measuredRounds, median } from './rounds.js';

const quick = process.argv.includes('--quick');
const rounds = quick ? 3 : 9;

const shapes = [
  { problem: () => problemOf(8, [256, 256], 4), gates: gatesOf('(8, 256², 4)', 2, 1.3) },
  { problem: () => problemOf(1, [96, 96, 96], 14), gates: gatesOf('(1, 96³, 14)', 5, 4) },
  { problem: () => problemOf(2, [128, 128, 128], 4), gates: [] },
  { problem: () => problemOf(16, [256, 256], 1), gates: [] },
];

async function tables(): Promise<{ readonly text: string; readonly gates: readonly string[] }> {
  const texts: string[] = [];
  const lines: string[] = [];
  for (const shape of shapes) {
    const problem = shape.problem();
    const all = await measuredRounds(problem, rivals, rounds, 'memory too');
    const text = tableOf(problem, all);
    console.log(text);
    texts.push(text);
    lines.push(...linesOf(shape.gates, all));
  }
  return { text: texts.join('\n'), gates: lines };
}

/** Nanoseconds per predicted number, over the side of a cube. */
async function scaling(): Promise<readonly Line[]> {
  const sides = quick ? [32, 64, 96] : [32, 64, 96, 128, 192, 256];
  const entries = [fusedFirst, fusedLast, typedArrays, plainLoops, fusedC, autograd];
  const points = new Map<string, [number, number][]>();
  for (const side of sides) {
    const problem = problemOf(1, [side, side, side], 4);
    const all = await measuredRounds(problem, entries, quick ? 3 : 5, 'times alone');
    const each = (measured: Measured): number =>
      (1e6 * median(measured.rounds)) / problem.first.length;
    for (const measured of all) {
      points.set(measured.name, [...(points.get(measured.name) ?? []), [side, each(measured)]]);
      console.log(side, measured.name, each(measured).toFixed(2), 'ns');
    }
  }
  return [...points].map(([name, found]) => ({ name, points: found }));
}

const machine = machineText();
const memoryCheck = await memoryCheckText();
const { text, gates: lines } = await tables();
const series = await scaling();
const docs = fileURLToPath(new URL('../../../docs/', import.meta.url));
mkdirSync(`${docs}pictures`, { recursive: true });
const title = 'Loss and gradient of a softmax Dice loss of 4 classes';
writeFileSync(
  `${docs}pictures/scaling.svg`,
  plotOf(title, 'voxels', 'nanoseconds per predicted number', series),
);
const page = [
  '# Benchmarks',
  '',
  'Written by `npm run bench`. Every rival runs in every round, warmed, in turns; ratios are taken within a',
  `round, against *${subject}*, and their medians shown. Extra memory is by how much a process`,
  'of the rival alone, warmed on a little, grows at the peak of a step, beside its inputs and one gradient: the',
  `median of five steps. ${memoryCheck}`,
  'onnxruntime-node returns copies: one prediction of its memory is the gradient a second time.',
  '',
  machine,
  '',
  '| goal | | measured | |',
  '| --- | --- | ---: | --- |',
  ...lines,
  '',
  '## Loss and gradient, by shape (samples, voxels, channels)',
  '',
  text,
  '## By size',
  '',
  '![Nanoseconds per predicted number over the size](pictures/scaling.svg)',
  '',
  '## Accuracy',
  '',
  await accuracyText(quick ? 128 : 256),
].join('\n');
writeFileSync(`${docs}benchmarks.md`, page);
process.exit(0);
