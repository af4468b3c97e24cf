import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Case, cases } from '../arbitraries/batch.js';
import { labelOf, strata, stratumCases } from '../arbitraries/strata.js';
import { float64 } from '../tolerance/precision.js';
import { boundsOf } from './bounds.js';
import { type Disagreement, disagreements } from './compare.js';
import { laws } from './laws.js';
import { reference } from './reference.js';
import type { Capabilities, Target } from './target.js';

/** Runs of the whole suite are repeatable; a failure prints the seed of its own. */
const seed = Number(process.env['SOFTDICE_SEED'] ?? 20_261);

/** Everything that holds for a backend: agreement with the reference, and the laws. */
export function suite(
  target: Target,
  { ranks, runs, takes = () => true, share = 1 }: Capabilities,
): void {
  // Every n-th, n odd: strata are listed by their choices, most of which are two.
  const some = strata.filter((_, at) => at % nearestOdd(1 / share) === 0);
  const rank = fc.constantFrom(...ranks);
  const taken = (all: fc.Arbitrary<Case>): fc.Arbitrary<Case> =>
    all.filter(({ plan }) => takes(plan));
  describe(target.name, () => {
    it(`agrees with the reference within derived bounds (${runs} cases)`, async () => {
      const largest = new Map<string, number>();
      let sharp = 0;
      await fc.assert(
        fc.asyncProperty(taken(cases({ rank })), async (drawn) => {
          const found = await disagreementsOf(target, drawn);
          if (found.every(({ bound }) => bound <= 1e-3)) {
            sharp += 1;
            for (const { what, off } of found) note(largest, kindOf(what), off);
          }
          expect(found.filter(({ inBounds }) => inBounds > 1)).toEqual([]);
        }),
        { numRuns: runs, seed },
      );
      const figures = [...largest].map(([what, off]) => `${what} ${off.toExponential(1)}`);
      const share = `${sharp} of ${runs} cases with every bound below 1e-3`;
      console.log(`${target.name}, ${share}: largest disagreement ${figures.join(', ')}`);
      // Few draws are so near a kink or so badly conditioned that they say little.
      expect(sharp / runs).toBeGreaterThan(0.8);
    });

    it(`agrees with the reference in every stratum (${some.length} cases)`, async () => {
      for (const stratum of some) {
        await fc.assert(
          fc.asyncProperty(stratumCases(stratum), async (drawn) => {
            const found = await disagreementsOf(target, drawn);
            const wrong = found.filter(({ inBounds }) => inBounds > 1);
            expect(wrong, labelOf(stratum)).toEqual([]);
          }),
          { numRuns: 1, seed },
        );
      }
    });

    for (const law of laws) {
      const lawRuns = Math.ceil(share * Math.max(20, runs / 6));
      it(`${law.name} (${lawRuns} cases)`, async () => {
        await fc.assert(
          fc.asyncProperty(
            taken(law.cases),
            fc.integer({ min: 1, max: 2 ** 30 }),
            async (drawn, choice) => {
              const broken = await law.check(target, drawn, choice);
              expect(broken.filter(({ inBounds }) => inBounds > 1)).toEqual([]);
            },
          ),
          { numRuns: lawRuns, seed },
        );
      });
    }
  });
}

/** How far a backend is from the reference, in its own bounds. */
export async function disagreementsOf(
  target: Target,
  drawn: Case,
): Promise<readonly Disagreement[]> {
  const { spec, batch } = drawn;
  const [received, expected] = [
    await target.evaluate(spec, batch),
    await reference.evaluate(spec, batch),
  ];
  // The reference rounds too, to float64.
  return disagreements(
    received,
    expected,
    boundsOf(drawn, target.precision),
    boundsOf(drawn, float64),
  );
}

function nearestOdd(value: number): number {
  return 2 * Math.floor(value / 2) + 1;
}

function kindOf(what: string): string {
  return ['loss', 'scores', 'gradient'].includes(what) ? what : 'statistics';
}

function note(largest: Map<string, number>, what: string, off: number): void {
  largest.set(what, Math.max(largest.get(what) ?? 0, off));
}
