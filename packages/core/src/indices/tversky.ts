import type { Ratio } from './ratio.js';

/** Tversky index. Source: Tversky 1977; Salehi et al. 2017 (arXiv:1706.05721) as a loss. */
export const tverskySchema = {
  doc: 'Tversky: (I + n) / max(I + alpha (P - I) + beta (T - I) + d, f).',
  fields: {
    alpha: {
      type: 'number',
      doc: 'Weight of the false positives.',
      minimum: 0,
      maximum: 100,
      default: 0.5,
    },
    beta: {
      type: 'number',
      doc: 'Weight of the false negatives.',
      minimum: 0,
      maximum: 100,
      default: 0.5,
    },
  },
} as const;

export const tverskyRatio: Ratio<'tversky'> = (b, counts, { alpha, beta }) => {
  const { intersection, falsePositives, falseNegatives } = counts;
  const errors = b.add(b.mul(b.real(alpha), falsePositives), b.mul(b.real(beta), falseNegatives));
  return { numerator: intersection, denominator: b.add(intersection, errors) };
};
