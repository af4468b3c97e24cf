import {
  dice,
  explain,
  fBeta,
  jaccard,
  type LossSpec,
  type OverlapOptions,
  parseSpec,
  tversky,
} from '@softdice/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { run, seed } from './run.js';

const levels = [0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1];
const amounts = fc.constantFrom(0, 0.25, 0.5, 0.75, 1, 1.5, 2, 4);
const errorWeights = fc.constantFrom(0, 0.25, 0.5, 1);

/** Losses whose smoothing matters, with n, d and f above and below each other. */
const losses: fc.Arbitrary<LossSpec> = fc
  .record({
    smoothing: fc.record({ numerator: amounts, denominator: amounts, floor: amounts }),
    counting: fc.constantFrom('product', 'minimum', 'squared-errors', 'power', 'noise-robust'),
    transform: fc.constantFrom('complement', 'log', 'log-cosh', 'power-complement', 'penalty'),
    index: fc.constantFrom('dice', 'jaccard', 'tversky', 'f-beta'),
    alpha: errorWeights,
    beta: errorWeights,
  })
  .filter(({ smoothing: { denominator, floor } }) => denominator + floor > 0)
  .filter(({ alpha, beta }) => alpha + beta > 0 && alpha + beta <= 1)
  .map(({ index, alpha, beta, ...rest }) => {
    const options = {
      ...rest,
      reduction: 'none',
      target: 'soft',
    } as const satisfies OverlapOptions;
    if (index === 'tversky') return tversky({ ...options, alpha, beta });
    if (index === 'f-beta') return fBeta({ ...options, beta: beta + 0.5 });
    return index === 'dice' ? dice(options) : jaccard(options);
  })
  .filter(isValid);

function isValid(spec: LossSpec): boolean {
  try {
    parseSpec(spec);
    return true;
  } catch {
    return false;
  }
}

const targets = (values: readonly number[]): fc.Arbitrary<readonly number[]> =>
  fc.array(fc.constantFrom(...values), { minLength: 1, maxLength: 3 });

/** The loss of every prediction on the grid, one sample each. */
function everywhere(
  spec: LossSpec,
  target: readonly number[],
): readonly { readonly p: readonly number[]; readonly loss: number }[] {
  const predictions = target.reduce<readonly (readonly number[])[]>(
    (all) => all.flatMap((p) => levels.map((level) => [...p, level])),
    [[]],
  );
  const shape = [predictions.length, 1, target.length];
  const { loss } = run(spec, {
    prediction: { shape, data: predictions.flat() },
    target: { shape, data: predictions.flatMap(() => target) },
  });
  return predictions.map((p, at) => ({ p, loss: loss[at] ?? Number.NaN }));
}

describe('the minimiser around its conditions, against every prediction on a grid', () => {
  for (const [target, values] of [
    ['hard', [0, 1]],
    ['soft', levels],
  ] as const) {
    it(`is p = t where it says so, for ${target} targets (600 random losses)`, () => {
      let claimed = 0;
      fc.assert(
        fc.property(losses, targets(values), (spec, t) => {
          if (!explain(spec).minimiser[target].startsWith('p = t')) return;
          claimed += 1;
          const found = everywhere(spec, t);
          const perfect = found.find(({ p }) => p.join() === t.join())?.loss ?? Number.NaN;
          const least = Math.min(...found.map(({ loss }) => loss));
          expect(perfect).toBeLessThanOrEqual(least + 1e-12);
        }),
        { numRuns: 600, seed },
      );
      expect(claimed).toBeGreaterThan(60);
    });
  }

  it('is 0 or 1 everywhere where it says so (600 random losses)', () => {
    let claimed = 0;
    fc.assert(
      fc.property(losses, targets(levels), (spec, t) => {
        if (!explain(spec).minimiser.soft.startsWith('not p = t: every p is pushed')) return;
        claimed += 1;
        const found = everywhere(spec, t);
        const vertices = found.filter(({ p }) => p.every((value) => value === 0 || value === 1));
        const least = Math.min(...found.map(({ loss }) => loss));
        expect(Math.min(...vertices.map(({ loss }) => loss))).toBeLessThanOrEqual(least + 1e-12);
      }),
      { numRuns: 600, seed },
    );
    expect(claimed).toBeGreaterThan(30);
  });
});
