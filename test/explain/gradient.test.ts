import { explain, type LossSpec, parseSpec, planOf } from '@softdice/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Case } from '../arbitraries/batch.js';
import { firstOverlap, type Overlap, oneTerm } from '../conformance/one-term.js';
import { cellsOf, kind } from './cells.js';
import { numberOf } from './read-formula.js';
import { classWeights, encodedTarget, run, seed } from './run.js';

/** Losses over probabilities strictly between 0 and 1, of hard targets and unmerged channels. */
const hard = (change: (term: Overlap) => Overlap, plain: boolean): fc.Arbitrary<Case> =>
  oneTerm((term) => change({ ...term, activation: 'none', classes: classesOf(term) }), {
    values: ['moderate', 'flat'],
    shared: ({ target = 'one-hot', voxels = 'all' }) => ({
      target: plain || kind(target) === 'soft' ? 'multilabel' : target,
      voxels: plain || kind(voxels) === 'target-mass' ? 'all' : voxels,
      terms: ['overlap'],
    }),
  });

const classesOf = ({ classes = 'all' }: Overlap): NonNullable<Overlap['classes']> =>
  kind(classes) === 'regions' ? 'all' : classes;

/** Given weights go where classes stay as many as they were. */
const fitting = (term: Overlap): Overlap =>
  kind(term.classes ?? 'all') === 'all' && kind(term.weights ?? 'none') === 'given'
    ? { ...term, weights: 'none' }
    : term;

/** Weights that stand in the sums, so small that 1 / D is a difference of scores. */
const inSums = ({ weights, classes = 'all' }: Overlap): NonNullable<Overlap['weights']> => {
  if (typeof weights !== 'object' || weights.kind === 'none') return 'none';
  if (!['intersection', 'both-sums', 'both-factors'].includes(weights.on ?? 'loss')) return 'none';
  if (weights.kind === 'given') return kind(classes) === 'all' ? 'none' : weights;
  const absent = weights.absent ?? 'largest';
  return kind(absent) === 'zero'
    ? { ...weights, power: 1, absent: { kind: 'zero', floor: 0.5 } }
    : { ...weights, power: 1, absent: { kind: 'largest', floor: 0.5 } };
};

describe('the gradient', () => {
  it('moves p as it says, at every voxel (400 random cases)', () => {
    let claimed = 0;
    fc.assert(
      fc.property(
        hard(fitting, false).filter(({ spec }) => isValid(spec)),
        (drawn) => {
          const { inside, outside } = explain(drawn.spec).gradient;
          const { gradient } = run(drawn.spec, drawn.batch);
          const target = encodedTarget(drawn).data;
          gradient.forEach((slope, at) => {
            const text = target[at] === 1 ? inside : outside;
            if (text.includes('while')) return;
            claimed += 1;
            const up = text.endsWith('raises p') ? -slope : slope;
            if (text.includes('nothing')) expect(Math.abs(slope)).toBe(0);
            // Cancellation of the terms of the slope leaves a few roundings.
            else expect(up).toBeGreaterThanOrEqual(-1e-12 * (1 + Math.abs(slope)));
          });
        },
      ),
      { numRuns: 400, seed },
    );
    expect(claimed).toBeGreaterThan(1000);
  });

  it('holds its conditions where it has any (200 random cases)', () => {
    const conditional = hard(
      (term) => ({
        ...fitting(term),
        weights: 'none',
        weight: 1,
        transform: 'complement',
        power: {},
        reduction: 'none',
        absent: 'keep',
        smoothing: { numerator: 1.5, denominator: 0.5 },
      }),
      true,
    );
    fc.assert(
      fc.property(conditional, (drawn) => {
        const { inside } = explain(drawn.spec).gradient;
        const limit = Number(/while s < (\S+)/.exec(inside)?.[1] ?? Number.POSITIVE_INFINITY);
        const { gradient, scores } = run(drawn.spec, drawn.batch);
        cellsOf(drawn).forEach(({ cell, t }, at) => {
          const s = cell === undefined ? Number.NaN : (scores[cell] ?? Number.NaN);
          if (t === 1 && s < limit) expect(gradient[at]).toBeLessThanOrEqual(1e-12);
        });
      }),
      { numRuns: 200, seed },
    );
  });

  it('lowers p outside where it says so: noise-robust counting (200 random cases)', () => {
    const robust = hard(
      (term) => ({
        ...fitting(term),
        counting: { kind: 'noise-robust', exponent: 1.75 },
        index: kind(term.index ?? 'dice') === 'jaccard' ? 'jaccard' : 'dice',
        weights: 'none',
        weight: 1,
        transform: 'complement',
        power: {},
        reduction: 'none',
        absent: 'keep',
        smoothing: { numerator: 0.5, denominator: 0.5 },
      }),
      true,
    );
    const ways = { down: 0, up: 0 };
    fc.assert(
      fc.property(robust, (drawn) => {
        const { outside } = explain(drawn.spec).gradient;
        const [, left = '', right = ''] = /while (.*) < (.*)$/.exec(outside) ?? [];
        const { gradient, scores } = run(drawn.spec, drawn.batch);
        cellsOf(drawn).forEach(({ cell, t }, at) => {
          if (cell === undefined || t !== 0) return;
          const letters = {
            s: scores[cell] ?? Number.NaN,
            p: drawn.batch.prediction.data[at] ?? 0,
          };
          const lowers = numberOf(right, letters) - numberOf(left, letters);
          if (Math.abs(lowers) < 1e-9) return;
          ways[lowers > 0 ? 'down' : 'up'] += 1;
          expect(Math.sign(gradient[at] ?? Number.NaN)).toBe(Math.sign(lowers));
        });
      }),
      { numRuns: 200, seed },
    );
    expect(Math.min(ways.down, ways.up)).toBeGreaterThan(50);
  });

  it('has the size that it says: the formula is the derivative (300 random cases)', () => {
    let compared = 0;
    const scoresOnly = hard(
      (term) => ({
        ...term,
        weights: inSums(term),
        weight: 1,
        transform: 'negative',
        power: {},
        reduction: 'none',
        absent: 'keep',
        smoothing: { ...(term.smoothing ?? {}), floor: 0, denominator: 0.25 },
      }),
      true,
    ).filter(({ spec }) => isValid(spec));
    fc.assert(
      fc.property(scoresOnly, (drawn) => {
        const v = classWeights(drawn.spec, drawn.batch);
        const { inside, outside } = explain(drawn.spec).gradient;
        const { gradient, scores } = run(drawn.spec, drawn.batch);
        // s = (N + n) / D, so that n + 1 adds 1 / D.
        const more = run(smoothed(drawn.spec), drawn.batch).scores;
        const [samples = 1] = drawn.batch.prediction.shape;
        cellsOf(drawn).forEach(({ cell, t, scored }, at) => {
          if (cell === undefined || scored === undefined) {
            expect(gradient[at]).toBe(0);
            return;
          }
          const s = scores[cell] ?? Number.NaN;
          const sample = Math.floor(at / (gradient.length / samples));
          const letters = {
            s,
            D: 1 / ((more[cell] ?? Number.NaN) - s),
            p: drawn.batch.prediction.data[at] ?? Number.NaN,
            v: v(sample, scored),
          };
          const text = /= (.*?):/.exec(t === 1 ? inside : outside)?.[1] ?? '';
          const expected = -numberOf(text, letters);
          const tolerance = 1e-7 * (1 + Math.abs(expected));
          expect(Math.abs((gradient[at] ?? Number.NaN) - expected)).toBeLessThanOrEqual(tolerance);
          compared += 1;
        });
      }),
      { numRuns: 300, seed },
    );
    expect(compared).toBeGreaterThan(1000);
  });

  it('of Dice, V-Net and Tversky', () => {
    const slopes = (term: object): readonly string[] => {
      const spec = parseSpec({ terms: [{ kind: 'overlap', ...term }] });
      const { inside, outside } = explain(spec).gradient;
      return [inside, outside].map((text) => text.split(':')[0] ?? '');
    };
    expect(slopes({})).toEqual(['d s / d p = (2 - s) / D', 'd s / d p = -s / D']);
    expect(slopes({ counting: 'power' })).toEqual([
      'd s / d p = (2 - 2 s p) / D',
      'd s / d p = -2 s p / D',
    ]);
    expect(slopes({ index: { kind: 'tversky', alpha: 0.3, beta: 0.7 } })).toEqual([
      'd s / d p = (1 - 0.3 s) / D',
      'd s / d p = -0.3 s / D',
    ]);
    expect(slopes({ index: { kind: 'tversky', alpha: 0, beta: 1 } })).toEqual([
      'd s / d p = 1 / D',
      'd s / d p = 0',
    ]);
    expect(slopes({ counting: { kind: 'noise-robust', exponent: 1.5 } })).toEqual([
      'd s / d p = (1 + 1.5 (1 - p)^0.5 - s) / D',
      'd s / d p = (1 - 1.5 p^0.5 - s) / D',
    ]);
    expect(slopes({ index: 'jaccard', counting: 'squared-errors' })).toEqual([
      'd s / d p = (2 p - s (4 p - 2)) / D',
      'd s / d p = -2 s p / D',
    ]);
  });
});

function smoothed(spec: LossSpec): LossSpec {
  const term = firstOverlap(planOf(spec));
  const smoothing = { ...term.smoothing, numerator: term.smoothing.numerator + 1 };
  return { ...spec, terms: [{ ...term, smoothing }] };
}

function isValid(spec: LossSpec): boolean {
  try {
    parseSpec(spec);
    return true;
  } catch {
    return false;
  }
}
