import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cases } from '../arbitraries/batch.js';
import { extreme } from '../arbitraries/from-schema.js';
import { specs } from '../arbitraries/spec.js';
import { disagreementsOf } from './suite.js';
import { tfjs } from './tfjs.js';

it('every spec that parses stays finite in float32, also at the ends of its ranges', async () => {
  const target = tfjs('cpu', 'channelsFirst');
  const atEnds = cases({ spec: (channels, rank) => specs(channels, extreme, rank) });
  await fc.assert(
    fc.asyncProperty(atEnds, async (drawn) => {
      // A result that is not finite throws.
      const found = await disagreementsOf(target, drawn);
      expect(found.filter(({ inBounds }) => inBounds > 1)).toEqual([]);
    }),
    { numRuns: 600, seed: 11 },
  );
});
