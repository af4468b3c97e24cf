import type { Docs } from '../schema/docs.js';
import type { Transform } from './transform.js';

/** A loss that is steeper the lower the score. Source: Yang et al. 2019 (MIDL, openreview H1lTh8unKN) with x = 1 - s; SegLossOdyssey `PenaltyGDiceLoss` with x = -s. */
export const penaltySchema = {
  fields: {
    strength: { type: 'number', minimum: 0, maximum: 1e3, default: 2.5 },
    of: { type: 'choice', default: 'complement', words: ['complement', 'negative'] },
  },
} as const;

export const penaltyDocs: Docs<typeof penaltySchema> = {
  doc: 'x / (1 + k (1 - x)), with x = 1 - s or -s.',
  fields: {
    strength: 'k.',
    of: {
      doc: 'x: the loss that is penalised.',
      words: {
        complement: 'x = 1 - s, which gives (1 - s) / (1 + k s).',
        negative: 'x = -s, which gives -s / (1 + k (1 + s)).',
      },
    },
  },
};

export const penalty: Transform<'penalty'> = (b, s, { strength, of }) => {
  const [one, k] = [b.real(1), b.real(strength)];
  return of === 'complement'
    ? b.div(b.sub(one, s), b.add(one, b.mul(k, s)))
    : b.div(b.mul(b.real(-1), s), b.add(one, b.mul(k, b.add(one, s))));
};
