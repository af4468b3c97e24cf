import { type LossSpec, parseSpec, type TermSpec } from '@softdice/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cases } from '../arbitraries/batch.js';
import { specs } from '../arbitraries/spec.js';
import { tfjs } from './tfjs.js';

type Overlap = Extract<TermSpec, { readonly kind: 'overlap' }>;
type Volume = Extract<NonNullable<Overlap['weights']>, { readonly kind: 'volume' }>;

/** Half decades from 1 down. */
const small = (decades: number): fc.Arbitrary<number> =>
  fc.integer({ min: 0, max: 2 * decades }).map((half) => 10 ** (-half / 2));

const weights: fc.Arbitrary<Volume> = fc.record({
  kind: fc.constant('volume'),
  power: fc.constantFrom(0, 1, 2, 2.5, 3, 4),
  over: fc.constantFrom('score', 'batch'),
  on: fc.constantFrom('loss', 'score', 'intersection', 'both-sums', 'both-factors'),
  normalise: fc.constantFrom('none', 'sum-to-one', 'weighted-mean'),
  absent: fc.oneof(
    fc.record({ kind: fc.constantFrom('largest', 'zero', 'floor'), floor: small(10) }),
    fc.record({
      kind: fc.constant('epsilon'),
      epsilon: small(20),
      to: fc.constantFrom('mass', 'power'),
    }),
  ),
});

const smoothing = fc.record({
  numerator: fc.oneof(fc.constant(0), small(10)),
  denominator: small(16),
  floor: fc.oneof(fc.constant(0), small(10)),
});

/** Losses with weights and smoothing up to what the constraints allow. */
const extreme = (channels: number): fc.Arbitrary<LossSpec> =>
  fc
    .tuple(specs(channels), weights, smoothing)
    .map(([spec, drawn, smooth]) => ({
      ...spec,
      terms: spec.terms.map((term): TermSpec => {
        const whole: Overlap = typeof term === 'string' ? { kind: term } : term;
        return { ...whole, weights: drawn, smoothing: smooth };
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

it('weights by volume as large as constraint C18 allows stay finite in float32 (600 cases)', async () => {
  const target = tfjs('cpu', 'channelsLast');
  await fc.assert(
    fc.asyncProperty(cases({ spec: extreme }), async ({ spec, batch }) => {
      const { loss, gradient, scores } = await target.evaluate(spec, batch);
      const numbers = [loss, gradient, scores].flatMap(({ data }) => Array.from(data));
      expect(numbers.filter((x) => !Number.isFinite(x))).toEqual([]);
    }),
    { numRuns: 600, seed: Number(process.env['SOFTDICE_SEED'] ?? 20_261) },
  );
});
