import { explain, vnet } from '@softdice/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { stream } from '../arbitraries/batch.js';
import { run, seed } from './run.js';

it('Dice with squares is a cosine only at equal norms, as its explanation says (300 random vectors)', () => {
  const spec = vnet({ target: 'soft', smoothing: { numerator: 0, denominator: 1e-16 } });
  expect(explain(spec).relations.join()).toContain('equal to it only if |p| = |t|');
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 1, max: 2 ** 30 }),
      fc.constantFrom('any', 'equal norms', 'scaled'),
      (size, choice, how) => {
        const random = stream(choice);
        const p = Array.from({ length: size }, () => 0.1 + 0.4 * random());
        const norm = (x: readonly number[]): number => Math.hypot(...x);
        const drawn = Array.from({ length: size }, () => 0.1 + 0.4 * random());
        const factor = {
          any: 1,
          'equal norms': norm(p) / norm(drawn),
          scaled: 0.5 * (norm(p) / norm(drawn)),
        }[how];
        const t = drawn.map((value) => value * factor);
        const shape = [1, 1, size];
        const { scores } = run(spec, {
          prediction: { shape, data: p },
          target: { shape, data: t },
        });
        const [s = Number.NaN] = scores;
        const cosine = p.reduce((sum, x, at) => sum + x * (t[at] ?? 0), 0) / (norm(p) * norm(t));
        const gap = (2 * norm(p) * norm(t)) / (norm(p) ** 2 + norm(t) ** 2);
        expect(s).toBeCloseTo(cosine * gap, 10);
        expect(s).toBeLessThanOrEqual(cosine + 1e-12);
        if (how === 'equal norms') expect(s).toBeCloseTo(cosine, 10);
        else if (Math.abs(gap - 1) > 1e-6) expect(s).toBeLessThan(cosine - 1e-8);
      },
    ),
    { numRuns: 300, seed },
  );
});
