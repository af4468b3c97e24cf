import { diceCrossEntropy, type LossSpec, planOf } from '@softdice/core';
import { describe, expect, it } from 'vitest';
import { type Case, stream } from '../arbitraries/batch.js';
import { fused } from '../conformance/fused.js';
import { disagreementsOf } from '../conformance/suite.js';

/** One sample of so many channels: a block of voxels and some more, or a few where channels are many. */
function caseOf(channels: number): Case {
  const spec: LossSpec =
    channels === 1
      ? diceCrossEntropy({ target: 'binary', activation: 'sigmoid' })
      : diceCrossEntropy({ target: 'labels', activation: 'softmax' });
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

describe.each([1, 2, 3, 4, 5, 300, 5000])('kernels of %d channels', (channels) => {
  const drawn = caseOf(channels);
  it.each(['channelsFirst', 'channelsLast'] as const)('agree with the reference, %s', async (l) => {
    const found = await disagreementsOf(fused(l), drawn);
    expect(found.filter(({ inBounds }) => inBounds > 1)).toEqual([]);
    expect(found.length).toBeGreaterThan(3);
  });
});
