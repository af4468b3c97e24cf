import type { Docs } from '../schema/docs.js';
import type { Ratio } from './ratio.js';

/** Tversky index. Source: Tversky 1977; Salehi et al. 2017 (arXiv:1706.05721) as a loss. */
export const tverskySchema = {
  fields: {
    alpha: { type: 'number', minimum: 0, maximum: 100, default: 0.5 },
    beta: { type: 'number', minimum: 0, maximum: 100, default: 0.5 },
  },
} as const;

export const tverskyDocs: Docs<typeof tverskySchema> = {
  doc: 'Tversky: (I + n) / max(I + alpha (P - I) + beta (T - I) + d, f).',
  fields: { alpha: 'Weight of the false positives.', beta: 'Weight of the false negatives.' },
};

export const tverskyRatio: Ratio<'tversky'> = (b, counts, { alpha, beta }) => {
  const { intersection, falsePositives, falseNegatives } = counts;
  const errors = b.add(b.mul(b.real(alpha), falsePositives), b.mul(b.real(beta), falseNegatives));
  return { numerator: intersection, denominator: b.add(intersection, errors) };
};
