import { type LossSpec, parseSpec, type TermSpec } from '@softdice/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '../arbitraries/batch.js';
import { overlapSpecs } from '../arbitraries/spec.js';
import { interpreter } from './interpreter.js';
import { disagreementsOf } from './suite.js';
import { tfjs } from './tfjs.js';

type Overlap = Extract<TermSpec, { readonly kind: 'overlap' }>;
type Volume = Extract<NonNullable<Overlap['weights']>, { readonly kind: 'volume' }>;

/** Half decades from 1 down. */
const small = (decades: number): fc.Arbitrary<number> =>
  fc.integer({ min: 0, max: 2 * decades }).map((half) => 10 ** (-half / 2));

/** Weights by volume whose floor or epsilon spans so many decades. */
const weightsOver = (decades: number): fc.Arbitrary<Volume> =>
  fc.record({
    kind: fc.constant('volume'),
    power: fc.constantFrom(0, 1, 2, 2.5, 3, 4),
    over: fc.constantFrom('score', 'batch'),
    on: fc.constantFrom('loss', 'score', 'intersection', 'both-sums', 'both-factors'),
    normalise: fc.constantFrom('none', 'sum-to-one', 'weighted-mean'),
    absent: fc.oneof(
      fc.record({ kind: fc.constantFrom('largest', 'zero', 'floor'), floor: small(decades) }),
      fc.record({
        kind: fc.constant('epsilon'),
        epsilon: small(2 * decades),
        to: fc.constantFrom('mass', 'power'),
      }),
    ),
  });

const smallSmoothing = fc.record({
  numerator: fc.oneof(fc.constant(0), small(10)),
  denominator: small(16),
  floor: fc.oneof(fc.constant(0), small(10)),
});

/** Losses of which every term has such choices, as far as the constraints allow. */
const having =
  (choices: fc.Arbitrary<Partial<Overlap>>) =>
  (channels: number): fc.Arbitrary<LossSpec> =>
    fc
      .tuple(overlapSpecs(channels), choices)
      .map(([spec, chosen]) => ({
        ...spec,
        terms: spec.terms.map((term): TermSpec => {
          if (typeof term === 'string') return { kind: 'overlap', ...chosen };
          return term.kind === 'overlap' ? { ...term, ...chosen } : term;
        }),
      }))
      .filter(isValid);

function isValid(spec: LossSpec): boolean {
  try {
    parseSpec(spec);
    return true;
  } catch {
    return false;
  }
}

const seed = Number(process.env['SOFTDICE_SEED'] ?? 20_261);

describe('weights by volume', () => {
  it('agree with the reference, with any other choices (1000 cases)', async () => {
    const spec = having(fc.record({ weights: weightsOver(2) }));
    await fc.assert(
      fc.asyncProperty(cases({ spec }), async (drawn) => {
        const found = await disagreementsOf(interpreter, drawn);
        expect(found.filter(({ inBounds }) => inBounds > 1)).toEqual([]);
      }),
      { numRuns: 1000, seed },
    );
  });

  it('as large as constraint C25 allows stay finite in float32 (600 cases)', async () => {
    const spec = having(fc.record({ weights: weightsOver(10), smoothing: smallSmoothing }));
    const target = tfjs('cpu', 'channelsLast');
    await fc.assert(
      fc.asyncProperty(cases({ spec }), async ({ spec: drawn, batch }) => {
        const { loss, gradient, scores } = await target.evaluate(drawn, batch);
        const numbers = [loss, gradient, scores].flatMap(({ data }) => Array.from(data));
        expect(numbers.filter((x) => !Number.isFinite(x))).toEqual([]);
      }),
      { numRuns: 600, seed },
    );
  });
});
