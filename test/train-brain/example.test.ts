import { readFileSync } from 'node:fs';
import { dice } from '@softdice/core';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadBrain } from '../../docs/examples/brain/volume.js';
import { trainedByArgmax } from '../../docs/examples/train-brain/argmax.js';
import { useWasm } from '../../docs/examples/train-brain/node/backend.js';
import { pageOf } from '../../docs/examples/train-brain/node/page.js';
import { meanOf } from '../../docs/examples/train-brain/outcome.js';
import { halvesOf, type Slices } from '../../docs/examples/train-brain/slices.js';
import { type Check, course, trained } from '../../docs/examples/train-brain/training.js';

const spec = dice({
  target: 'labels',
  activation: 'softmax',
  classes: 'all',
  per: 'batch',
});
const short = { ...course, steps: 40, checks: 2, batch: 2 };
let halves: { readonly training: Slices; readonly heldOut: Slices };

async function checksOf(seed: number): Promise<readonly Check[]> {
  const checks: Check[] = [];
  await trained({ spec, ...halves, seed, course: short, keep: 'last' }, (check) =>
    checks.push(check),
  );
  return checks;
}

describe('training on the brain', () => {
  beforeAll(async () => {
    await useWasm();
    halves = halvesOf(await loadBrain());
  });

  it('learns, gives the same numbers again, and leaves nothing', async () => {
    const before = tf.memory().numTensors;
    const first = await checksOf(2);
    expect(await checksOf(2)).toEqual(first);
    expect(tf.memory().numTensors).toBe(before);
    const [half, last] = first;
    expect(first.map(({ step }) => step)).toEqual([20, 40]);
    expect(last?.loss).toBeLessThan(half?.loss ?? 0);
    // The best of one label everywhere is the cortex: a share s of the voxels gives it Dice 2 s / (1 + s).
    const { labels } = halves.heldOut;
    const share = labels.filter((label) => label === 2).length / labels.length;
    const constant = (2 * share) / (1 + share) / 5;
    expect(meanOf(last?.dice ?? [])).toBeGreaterThan(2 * constant);
    expect(last?.labels).toHaveLength(labels.length);
    expect(half?.labels).toHaveLength(0);
  });

  it('does not move a weight by an argmax', () => {
    const { loss, largestChange } = trainedByArgmax(halves.training, course.classes, 3);
    expect(loss).toBeGreaterThan(0.5);
    expect(largestChange).toBe(0);
  });

  it('has a page that says what the code says', () => {
    const file = new URL('../../docs/train-brain.md', import.meta.url);
    const page = readFileSync(file, 'utf8');
    const [dice = '', rare = ''] =
      page.match(/(?:^\| loss +\|.* \|\n)(?:^\|.*\n)+(?=\n!\[)/gm) ?? [];
    const tables = { dice: dice.trimEnd(), rare: rare.trimEnd() };
    const unmoved = trainedByArgmax(halves.training, course.classes, 1);
    expect(pageOf(tables, unmoved, 5, halves.training)).toBe(page);
  });
});
