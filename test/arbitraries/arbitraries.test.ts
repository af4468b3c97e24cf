import { lossSchema, planOf } from '@softdice/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from './batch.js';
import { used, words } from './words.js';

const drawn = fc.sample(cases(), { numRuns: 3000, seed: 7 });
const share = (holds: (drawnCase: (typeof drawn)[0]) => boolean): number =>
  drawn.filter(holds).length / drawn.length;

describe('the generators', () => {
  it('draw every word of the schema, also after the constraints', () => {
    const seen = new Set(drawn.flatMap(({ spec }) => used(planOf(spec), '')));
    const missing = words(lossSchema, '').filter((word) => !seen.has(word));
    expect(missing).toEqual([]);
  });

  it('draw the corners often enough', () => {
    const corners = {
      'one channel': share(({ batch }) => batch.prediction.shape[1] === 1),
      'one voxel': share(({ batch }) =>
        batch.prediction.shape.slice(2).every((size) => size === 1),
      ),
      'no spatial axis': share(({ drawn: { rank } }) => rank === 0),
      'three spatial axes': share(({ drawn: { rank } }) => rank === 3),
      'saturated logits': share(({ batch }) =>
        batch.prediction.data.some((x) => Math.abs(x) === 1e4),
      ),
      'an absent class': share(({ drawn: { regions } }) => regions === 'empty class'),
      'soft labels': share(({ batch }) => batch.target.data.some((x) => x > 0 && x < 1)),
      'a mask': share(({ batch }) => batch.mask !== undefined),
      'an ignore label': share(({ plan }) => 'ignore' in plan.target),
      'two terms': share(({ plan }) => plan.terms.length === 2),
      'terms of two kinds': share(
        ({ plan }) => new Set(plan.terms.map(({ kind }) => kind)).size > 1,
      ),
      'a focal cross-entropy': share(({ plan }) =>
        plan.terms.some((term) => term.kind === 'cross-entropy' && term.focus > 0),
      ),
      'the hardest voxels alone': share(({ plan }) =>
        plan.terms.some((term) => term.kind === 'cross-entropy' && term.hardest < 100),
      ),
      'a skeleton': share(({ plan }) => plan.terms.some(({ kind }) => kind === 'centerline-dice')),
      'absent skipped': share(({ plan }) =>
        plan.terms.some((term) => term.kind === 'overlap' && term.absent.kind === 'skip'),
      ),
      'no numerator smoothing': share(({ plan }) =>
        plan.terms.some((term) => term.kind === 'overlap' && term.smoothing.numerator === 0),
      ),
    };
    const rare = Object.entries(corners).filter(([, part]) => part < 0.03);
    expect(rare).toEqual([]);
    const tied = ({ plan, drawn: { values } }: (typeof drawn)[0]): boolean =>
      values === 'flat' &&
      plan.terms.some((term) => term.kind === 'cross-entropy' && term.hardest < 100);
    expect(drawn.filter(tied).length).toBeGreaterThan(20);
  });

  it('draw inputs that float32 holds exactly', () => {
    const rounded = drawn.filter(({ batch }) =>
      [batch.prediction, batch.target, batch.mask ?? batch.target].some(({ data }) =>
        data.some((value) => Math.fround(value) !== value),
      ),
    );
    expect(rounded).toEqual([]);
  });
});
