import { diceCrossEntropy, type LossSpec, planOf, wassersteinDice } from '@softdice/core';
import { describe, expect, it } from 'vitest';
import { type Case, stream } from '../arbitraries/batch.js';
import { fused } from '../conformance/fused.js';
import { disagreementsOf } from '../conformance/suite.js';

/** One sample of so many channels: a block of voxels and some more, or a few where channels are many. */
function caseOf(channels: number, spec: LossSpec): Case {
  const voxels = channels > 1000 ? 5 : 67;
  const random = stream(channels);
  const numbers = (length: number, draw: () => number): readonly number[] =>
    Array.from({ length }, draw);
  const prediction = {
    shape: [1, channels, voxels],
    data: numbers(channels * voxels, () => Math.fround(6 * random() - 3)),
  };
  const kinds = Math.max(2, channels);
  const target = {
    shape: [1, voxels],
    data: numbers(voxels, () => Math.floor(kinds * random())),
  };
  const drawn = { regions: 'mixed', values: 'moderate', rank: 1 } as const;
  return { spec, plan: planOf(spec), batch: { prediction, target }, drawn };
}

function diceOf(channels: number): LossSpec {
  return channels === 1
    ? diceCrossEntropy({ target: 'binary', activation: 'sigmoid' })
    : diceCrossEntropy({ target: 'labels', activation: 'softmax' });
}

/** A factor for every pair of classes. */
function wassersteinOf(channels: number): LossSpec {
  const classes = Array.from({ length: channels }, (_, at) => at);
  const distances = classes.map((a) =>
    classes.map((b) => (a === b ? 0 : (1 + ((7 * (a + b) + a * b) % 31)) / 32)),
  );
  return wassersteinDice({ target: 'labels', activation: 'softmax', distances });
}

const cases: readonly (readonly [number, string, LossSpec])[] = [
  ...[1, 2, 3, 4, 5, 300, 5000].map((count) => [count, 'dice', diceOf(count)] as const),
  ...[2, 7, 200].map((count) => [count, 'wasserstein', wassersteinOf(count)] as const),
];

describe.each(cases)('kernels of %d channels, %s', (channels, _, spec) => {
  const drawn = caseOf(channels, spec);
  it.each(['channelsFirst', 'channelsLast'] as const)('agree with the reference, %s', async (l) => {
    const found = await disagreementsOf(fused(l), drawn);
    expect(found.filter(({ inBounds }) => inBounds > 1)).toEqual([]);
    expect(found.length).toBeGreaterThan(3);
  });
});
