import {
  clDice,
  combine,
  compile,
  compileMetric,
  crossEntropy,
  dice,
  focal,
  focalTversky,
  jaccard,
  type LossSpec,
  looksAtNeighbours,
  planOf,
  printProgram,
  printSchedule,
  scheduleOf,
  sensitivitySpecificity,
  softDice,
  topK,
  tversky,
  vnet,
  wassersteinDice,
} from '@softdice/core';
import { describe, expect, it } from 'vitest';

/** Losses whose programs are worth reading; a change of any shows as a change of its file. */
const programs: Readonly<Record<string, LossSpec>> = {
  'dice-labels-softmax-foreground': dice({
    target: 'labels',
    activation: 'softmax',
    classes: 'foreground',
  }),
  'jaccard-sigmoid': jaccard({ activation: 'sigmoid' }),
  'tversky-batch': tversky({ alpha: 0.3, beta: 0.7, per: 'batch' }),
  vnet: vnet({ target: 'binary', activation: 'sigmoid' }),
  'soft-dice': softDice({ activation: 'softmax' }),
  'focal-tversky-skip': focalTversky({ activation: 'softmax', absent: 'skip' }),
  'dice-and-jaccard': combine([
    [0.5, dice({ activation: 'softmax', per: 'everything' })],
    [0.25, jaccard({ activation: 'softmax' })],
  ]),
  'cl-dice-without-iterations': clDice({ activation: 'sigmoid', iterations: 0 }),
  'cross-entropy-softmax': crossEntropy({ target: 'labels', classes: 'foreground' }),
  wasserstein: wassersteinDice({
    target: 'labels',
    distances: [
      [0, 1, 1],
      [1, 0, 0.5],
      [1, 0.5, 0],
    ],
  }),
  'sensitivity-specificity': sensitivitySpecificity({
    target: 'labels',
    activation: 'softmax',
    classes: 'foreground',
    voxels: 'mask',
  }),
  'dice-and-focal': combine([
    [1, dice({ activation: 'sigmoid' })],
    [1, focal({ voxels: 'all' })],
  ]),
  'top-k': topK({ target: 'labels', voxels: 'mask', percent: 30 }),
  'mask-ignore-regions': dice({
    target: { kind: 'labels', ignore: 255 },
    voxels: 'mask',
    activation: 'softmax',
    classes: { kind: 'regions', regions: [[1, 2, 3], [3]] },
    per: 'merged-image',
    weights: { kind: 'given', values: [1, 2], on: 'both-sums' },
  }),
};

describe('the program of', () => {
  it.each(Object.entries(programs))('%s', async (name, spec) => {
    await expect(printProgram(compile(spec, { spatialRank: 2 }))).toMatchFileSnapshot(
      `programs/${name}.txt`,
    );
  });
});

describe('the schedule of', () => {
  const swept = Object.entries(programs).filter(([, spec]) => !looksAtNeighbours(planOf(spec)));
  it.each(swept)('%s', async (name, spec) => {
    const schedule = scheduleOf(compile(spec));
    const text = 'reason' in schedule ? `none: ${schedule.reason}\n` : printSchedule(schedule);
    await expect(text).toMatchFileSnapshot(`schedules/${name}.txt`);
  });

  it('a hard score is forward sweeps alone', async () => {
    const schedule = scheduleOf(
      compileMetric({ target: 'labels', voxels: 'mask', classes: 'foreground' }),
    );
    const text = 'reason' in schedule ? schedule.reason : printSchedule(schedule);
    await expect(text).toMatchFileSnapshot('schedules/hard-dice.txt');
  });

  it('a loss that looks at neighbours is none', () => {
    expect(scheduleOf(compile(clDice(), { spatialRank: 2 }))).toEqual({
      reason: "its 'shift' cannot be swept: it looks at neighbours",
    });
  });
});
