import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holds, labelOf, strata, stratumCases } from './strata.js';

describe('the strata', () => {
  it('are every combination, each once', () => {
    expect(new Set(strata.map(labelOf)).size).toBe(strata.length);
    expect(strata.length).toBeGreaterThanOrEqual(256);
  });

  it('each have cases, which no other has', () => {
    for (const stratum of strata) {
      const [drawn] = fc.sample(stratumCases(stratum), { numRuns: 1, seed: 5 });
      const owners = strata.filter((each) => drawn !== undefined && holds(drawn, each));
      expect(owners, labelOf(stratum)).toEqual([stratum]);
    }
  });
});
