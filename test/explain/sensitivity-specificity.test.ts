import { explain, type LossSpec, sensitivitySpecificity } from '@softdice/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberOf } from './read-formula.js';
import { run, seed } from './run.js';

const unit = fc.integer({ min: 1, max: 31 }).map((n) => n / 32);
const volume = fc.array(fc.record({ p: unit, inside: fc.boolean(), soft: unit }), {
  minLength: 1,
  maxLength: 6,
});
const losses = fc
  .record({
    sensitivityRatio: fc.constantFrom(0, 0.1, 0.25, 0.9, 1),
    smoothing: fc.constantFrom(0.25, 1, 3),
    weight: fc.constantFrom(1, 1, -1),
  })
  .map((options): LossSpec => sensitivitySpecificity({ target: 'soft', ...options }));

const of = (spec: LossSpec, p: readonly number[], t: readonly number[]) => {
  const shape = [1, 1, p.length];
  return run(spec, { prediction: { shape, data: p }, target: { shape, data: t } });
};

describe('the explanation of sensitivity-specificity', () => {
  it('states the derivative by p (200 random losses)', () => {
    fc.assert(
      fc.property(losses, volume, (spec, voxels) => {
        const t = voxels.map(({ inside }) => Number(inside));
        const total = t.reduce((sum, x) => sum + x, 0);
        const p = voxels.map((voxel) => voxel.p);
        const { gradient } = of(spec, p, t);
        const { inside, outside } = explain(spec).gradient;
        const { weight = 1 } = spec.terms[0] as { readonly weight?: number };
        gradient.forEach((slope, at) => {
          const text = t[at] === 1 ? inside : outside;
          const letters = { p: p[at] ?? Number.NaN, T: total, U: t.length - total };
          const stated = numberOf(/^d l \/ d p = (.*?):/.exec(text)?.[1] ?? '', letters);
          expect(slope).toBeCloseTo(weight * stated, 12);
          if (text.includes('nothing')) expect(slope).toBeCloseTo(0, 15);
          else expect(text.endsWith('raises p')).toBe(slope < 0);
        });
      }),
      { numRuns: 200, seed },
    );
  });

  it('states where it is least (200 random losses)', () => {
    fc.assert(
      fc.property(losses, volume, fc.boolean(), (spec, voxels, hard) => {
        const t = voxels.map(({ inside, soft }) => (hard ? Number(inside) : soft));
        const p = voxels.map((voxel) => voxel.p);
        const [found, perfect] = [p, t].map((x) => of(spec, x, t).loss[0] ?? Number.NaN);
        const text = explain(spec).minimiser[hard ? 'hard' : 'soft'];
        expect(perfect).toBeCloseTo(0, 15);
        if (!text.startsWith('p = t')) expect(found).toBeLessThanOrEqual(0);
        else expect(found).toBeGreaterThanOrEqual(0);
        // A p that the text leaves free costs nothing.
        const free = /any p where t is (\d)/.exec(text)?.[1];
        const moved = t.map((x, at) => (x === Number(free) ? (p[at] ?? 0) : x));
        expect(of(spec, moved, t).loss[0]).toBeCloseTo(0, 15);
        if (free === undefined && p.some((x, at) => x !== t[at])) expect(found).not.toBe(0);
      }),
      { numRuns: 200, seed },
    );
  });
});
