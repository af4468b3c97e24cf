import { readFileSync } from 'node:fs';
import { dice } from '@softdice/core';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadBrain } from '../../docs/examples/brain/volume.js';
import { trainedByArgmax } from '../../docs/examples/train-brain/argmax.js';
import { useWasm } from '../../docs/examples/train-brain/node/backend.js';
import { pageOf } from '../../docs/examples/train-brain/node/page.js';
import { halvesOf, type Slices } from '../../docs/examples/train-brain/slices.js';
import { type Check, course, trained } from '../../docs/examples/train-brain/training.js';

const spec = dice({
  target: 'labels',
  activation: 'softmax',
  classes: 'foreground',
  per: 'batch',
});
const short = { ...course, steps: 24, checks: 2, batch: 2 };
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
    const first = await checksOf(1);
    expect(await checksOf(1)).toEqual(first);
    expect(tf.memory().numTensors).toBe(before);
    const [half, last] = first;
    expect(first.map(({ step }) => step)).toEqual([12, 24]);
    expect(last?.loss).toBeLessThan(half?.loss ?? 0);
    // Labels drawn at random with the right frequencies would give the cortex its share, about 0.4.
    const { labels } = halves.heldOut;
    const share = labels.filter((label) => label === 2).length / labels.length;
    expect(last?.dice[1]).toBeGreaterThan(share + 0.1);
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
