import { channelUse, explain, type LossSpec, type Plan, planOf } from '@softdice/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Case } from '../arbitraries/batch.js';
import { firstOverlap, type Overlap, oneTerm } from '../conformance/one-term.js';
import { run, seed } from './run.js';

const moderate = oneTerm((term) => term, { values: ['moderate', 'flat'] }).filter(
  ({ plan }) => plan.target.kind !== 'soft' || firstOverlap(plan).classes.kind !== 'regions',
);

/** n, d and f as printed. */
function smoothingIn(text: string): { numerator: number; denominator: number; floor: number } {
  const [, n, d, f] = /n = (\S+), d = (\S+), f = (\S+)$/.exec(text) ?? [];
  return { numerator: Number(n), denominator: Number(d), floor: Number(f) };
}

/** A claim: how to see it, what the other loss is, and what of its scores this one has. */
interface Twin {
  readonly pattern: RegExp;
  readonly index: (match: RegExpExecArray) => NonNullable<Overlap['index']>;
  readonly keepsSmoothing?: boolean;
  /** The scores of the other loss from those of this one. */
  readonly scores?: (s: number) => number;
}

const twins: Readonly<Record<string, Twin>> = {
  'Dice is F1': {
    pattern: /^Dice is F-beta with beta = 1/,
    index: () => 'f-beta',
    keepsSmoothing: true,
  },
  'Dice is Tversky': {
    pattern: /^Dice is .*Tversky with alpha = beta = 0.5/,
    index: () => 'tversky',
  },
  'Tversky is Dice': { pattern: /^Tversky with .* is Dice/, index: () => 'dice' },
  'Tversky is F-beta': {
    pattern: /^Tversky is F-beta with beta = (\S+)/,
    index: ([, beta]) => ({ kind: 'f-beta', beta: Number(beta) }),
  },
  'F-beta is Tversky': {
    pattern: /^F-beta is Tversky with alpha = (\S+), beta = (\S+)/,
    index: ([, alpha, beta]) => ({ kind: 'tversky', alpha: Number(alpha), beta: Number(beta) }),
  },
  'Jaccard is Tversky': {
    pattern: /^Jaccard is Tversky/,
    index: () => ({ kind: 'tversky', alpha: 1, beta: 1 }),
    keepsSmoothing: true,
  },
  'Tversky is Jaccard': {
    pattern: /^Tversky with .* is Jaccard/,
    index: () => 'jaccard',
    keepsSmoothing: true,
  },
  'Jaccard of Dice': {
    pattern: /is the Jaccard score/,
    index: () => 'jaccard',
    scores: (s) => s / (2 - s),
  },
  'Dice of Jaccard': {
    pattern: /is the Dice score/,
    index: () => 'dice',
    scores: (s) => (2 * s) / (1 + s),
  },
};

describe('the relations', () => {
  for (const [name, { pattern, index, keepsSmoothing = false, scores }] of Object.entries(twins)) {
    it(`hold where claimed: ${name} (100 random cases)`, () => {
      let claimed = 0;
      const likely = oneTerm((term) => (/^Tversky/.test(name) ? tverskyFor(name, term) : term), {
        values: ['moderate', 'flat'],
      }).filter(
        ({ spec, plan }) =>
          (plan.target.kind !== 'soft' || firstOverlap(plan).classes.kind !== 'regions') &&
          // The printed alpha and beta are rounded, and with powers they must not exceed 1.
          (name !== 'F-beta is Tversky' || firstOverlap(plan).counting.kind !== 'power') &&
          explain(spec).relations.some((text) => pattern.test(text)),
      );
      fc.assert(
        fc.property(likely, (drawn) => {
          claimed += 1;
          const text = explain(drawn.spec).relations.find((one) => pattern.test(one)) ?? '';
          const match = pattern.exec(text);
          if (match === null) throw new Error('claimed above');
          const other = changed(drawn.spec, {
            index: index(match),
            ...(keepsSmoothing ? {} : { smoothing: smoothingIn(text) }),
          });
          const own = run(drawn.spec, drawn.batch).scores;
          const expected = run(other, drawn.batch).scores;
          own.forEach((s, at) => {
            const received = scores?.(s) ?? s;
            const wanted = expected[at] ?? Number.NaN;
            expect(Math.abs(received - wanted)).toBeLessThanOrEqual(1e-8 * (1 + Math.abs(wanted)));
          });
        }),
        { numRuns: 100, seed },
      );
      expect(claimed).toBeGreaterThan(50);
    });
  }

  it('states a relative L1 distance (100 random cases)', () => {
    const minimum = oneTerm(
      ({ reduction: _, ...term }) => ({
        ...term,
        index: 'dice',
        counting: 'minimum',
        activation: 'none',
        classes: 'all',
        weights: 'none',
        per: 'image',
        smoothing: { numerator: 0.5, denominator: 0.5 },
      }),
      { shared: () => ({ target: 'soft', terms: ['overlap'] }) },
    );
    fc.assert(
      fc.property(minimum, (drawn) => {
        expect(explain(drawn.spec).relations.join()).toContain('relative L1 distance');
        expect(run(drawn.spec, drawn.batch).scores[0]).toBeCloseTo(1 - distance(drawn), 10);
      }),
      { numRuns: 100, seed },
    );
  });

  it('states a relative distance of powers (100 random cases)', () => {
    const robust = oneTerm(
      ({ reduction: _, ...term }) => ({
        ...term,
        index: 'dice',
        counting: { kind: 'noise-robust', exponent: 1.5 },
        activation: 'none',
        classes: 'all',
        weights: 'none',
        per: 'image',
        smoothing: { numerator: 0.5, denominator: 0.5 },
      }),
      { shared: () => ({ target: 'soft', terms: ['overlap'] }) },
    );
    fc.assert(
      fc.property(robust, (drawn) => {
        expect(explain(drawn.spec).relations).toContain(
          '1 - s = sum of w |p - t|^1.5 / (P + T + d)',
        );
        expect(run(drawn.spec, drawn.batch).scores[0]).toBeCloseTo(1 - distance(drawn, 1.5), 10);
      }),
      { numRuns: 100, seed },
    );
  });

  it('states equal sums for hard targets and equal gradients (600 random cases)', () => {
    const claims = { hard: 0, negative: 0, squared: 0 };
    fc.assert(
      fc.property(moderate, ({ spec, batch, plan }) => {
        const { relations } = explain(spec);
        const has = (part: string): boolean => relations.some((text) => text.includes(part));
        const bare = changed(spec, { activation: 'none', weights: 'none' });
        const scoresBy = (counting: 'minimum' | 'product' | undefined, data: readonly number[]) =>
          run(counting === undefined ? bare : changed(bare, { counting }), {
            ...batch,
            prediction: { ...batch.prediction, data },
          }).scores;
        const p = batch.prediction.data.map((value) => Math.min(1, Math.abs(value) / 4));
        if (has("same sums as counting 'minimum'") && isHard(plan)) {
          claims.hard += 1;
          expectEqual(scoresBy(undefined, p), scoresBy('minimum', p));
        }
        if (has("same sums as counting 'product'") && isHard(plan)) {
          claims.squared += 1;
          const hard = p.map(Math.round);
          expectEqual(scoresBy(undefined, hard), scoresBy('product', hard));
        }
        if (has("gradient is that of transform 'complement'")) {
          claims.negative += 1;
          const other = run(changed(spec, { transform: 'complement' }), batch);
          expectEqual(run(spec, batch).gradient, other.gradient);
        }
      }),
      { numRuns: 600, seed },
    );
    expect(Math.min(...Object.values(claims))).toBeGreaterThan(10);
  });
});

const tverskyFor = (name: string, term: Overlap): Overlap => {
  const [alpha, beta] = name.endsWith('Dice')
    ? [0.5, 0.5]
    : name.endsWith('Jaccard')
      ? [1, 1]
      : [0.3, 0.7];
  const plain = { ...term, weights: 'none', counting: 'minimum' } as const;
  return { ...plain, index: { kind: 'tversky', alpha, beta } };
};

function changed(spec: LossSpec, change: Partial<Overlap>): LossSpec {
  return { ...spec, terms: [{ ...firstOverlap(planOf(spec)), ...change }] };
}

function isHard({ target, terms, rescale }: Plan): boolean {
  const merges = terms.some((term) => channelUse(term).classes.kind === 'regions');
  return target.kind !== 'soft' && !merges && rescale.scale === 1 && rescale.offset === 0;
}

function expectEqual(received: readonly number[], expected: readonly number[]): void {
  received.forEach((value, at) => {
    const wanted = expected[at] ?? Number.NaN;
    expect(Math.abs(value - wanted)).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(wanted)));
  });
}

/** sum |p - t|^g / (P + T + d) of the first cell. */
function distance({ plan, batch }: Case, g = 1): number {
  const voxels = batch.prediction.shape.slice(2).reduce((product, size) => product * size, 1);
  const p = batch.prediction.data.slice(0, voxels);
  const t = batch.target.data.slice(0, voxels);
  const sum = (x: readonly number[]): number => x.reduce((total, value) => total + value, 0);
  const apart = sum(p.map((value, at) => Math.abs(value - (t[at] ?? 0)) ** g));
  return apart / (sum(p) + sum(t) + firstOverlap(plan).smoothing.denominator);
}
