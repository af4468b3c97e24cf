import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '../arbitraries/batch.js';
import { longer } from '../arbitraries/longer.js';
import { fused } from '../conformance/fused.js';
import { disagreementsOf } from '../conformance/suite.js';

describe.each(['channelsFirst', 'channelsLast'] as const)('blocks, %s', (layout) => {
  it('of any size, for any number of voxels and channels, agree with the reference (150 cases)', async () => {
    const wide = fc.integer({ min: 1, max: 9 });
    const drawn = cases({ rank: fc.constant(1), channels: wide });
    const blocks = fc.constantFrom(4, 8, 16, 32, 64);
    // Around four lanes, around the largest block, and several blocks.
    const voxels = fc.oneof(
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 60, max: 68 }),
      fc.integer({ min: 120, max: 400 }),
    );
    await fc.assert(
      fc.asyncProperty(drawn, voxels, blocks, async (found, length, block) => {
        const off = await disagreementsOf(fused(layout, block), longer(found, length));
        expect(off.filter(({ inBounds }) => inBounds > 1)).toEqual([]);
      }),
      { numRuns: 150, seed: 64 },
    );
  });
});
