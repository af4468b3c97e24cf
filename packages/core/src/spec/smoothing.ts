import type { Docs } from '../schema/docs.js';

/** What is added to the ratio, in units of the ratio as the index writes it. */
export const smoothingSchema = {
  type: 'record',
  default: {},
  fields: {
    numerator: { type: 'number', minimum: 0, maximum: 1e6, default: 1e-5 },
    denominator: { type: 'number', minimum: 0, maximum: 1e6, default: 1e-5 },
    floor: { type: 'number', minimum: 0, maximum: 1e6, default: 0 },
  },
} as const;

export const smoothingDocs: Docs<typeof smoothingSchema> = {
  doc: 'score = (numerator + n) / max(denominator + d, f), in units of the ratio as the index writes it.',
  fields: {
    numerator: 'n: what an absent class and an empty prediction score, in units of d.',
    denominator: 'd.',
    floor:
      'f: the least denominator, 0 for none; below it the score has no gradient through the denominator.',
  },
};
