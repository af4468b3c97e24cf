import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compiledOf, expectClose, referenceOf } from './agreement.js';
import { settings } from './drawn.js';
import { lossesOf } from './letters.js';

const [spec] = lossesOf('h');

/** Sixteenths, so that squared norms are exact and can be compared for equality. */
const vector = (size: number): fc.Arbitrary<readonly number[]> =>
  fc
    .array(fc.integer({ min: 1, max: 16 }), { minLength: size, maxLength: size })
    .map((values) => values.map((value) => value / 16));

const pairs = fc.integer({ min: 1, max: 6 }).chain((size) =>
  fc.oneof(
    fc.tuple(vector(size), vector(size)),
    // A permutation has the same norm.
    vector(size).chain((p) =>
      fc.tuple(fc.constant(p), fc.shuffledSubarray([...p], { minLength: size })),
    ),
  ),
);

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

function scoresOf(p: readonly number[], t: readonly number[]): readonly number[] {
  const shape = [1, 1, p.length];
  const inputs = { prediction: { shape, data: p }, target: { shape, data: t } };
  const { scores } = referenceOf(spec, inputs);
  expectClose(compiledOf(spec, inputs).scores, scores, 'scores of compiled');
  return scores;
}

describe('Dice with squares', () => {
  it('is the cosine times 2|p||t| / (|p|^2 + |t|^2), a factor of at most 1', () => {
    fc.assert(
      fc.property(pairs, ([p, t]) => {
        const [long, wide] = [Math.sqrt(dot(p, p)), Math.sqrt(dot(t, t))];
        const cosine = dot(p, t) / (long * wide);
        const factor = (2 * long * wide) / (long ** 2 + wide ** 2);
        expectClose(scoresOf(p, t), [cosine * factor], 'score');
        expect(factor).toBeLessThanOrEqual(1 + 1e-15);
      }),
      settings,
    );
  });

  it('is the cosine if the norms are equal, and only then', () => {
    let [equal, unequal] = [0, 0];
    fc.assert(
      fc.property(pairs, ([p, t]) => {
        const cosine = dot(p, t) / Math.sqrt(dot(p, p) * dot(t, t));
        const [score = Number.NaN] = scoresOf(p, t);
        if (dot(p, p) === dot(t, t)) {
          equal += 1;
          expectClose([score], [cosine], 'score at equal norms');
        } else {
          unequal += 1;
          // The gap is (|p| - |t|)^2 / (|p|^2 + |t|^2), at least 5e-8 for sixteenths.
          expect(cosine - score).toBeGreaterThan(1e-8 * cosine);
        }
      }),
      settings,
    );
    expect(Math.min(equal, unequal)).toBeGreaterThan(settings.numRuns / 5);
  });

  it('and the cosine are both 0 where nothing overlaps, whatever the norms', () => {
    expect(scoresOf([0.5, 0], [0, 1])).toEqual([0]);
  });
});
