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
