import type { Docs } from '../schema/docs.js';
import type { Ratio } from './ratio.js';

/** Jaccard index, intersection over union: `I / (P + T - I)`. Source: Jaccard 1912; Rahman and Wang 2016 as a loss. */
export const jaccardSchema = { fields: {} } as const;

export const jaccardDocs: Docs<typeof jaccardSchema> = 'Jaccard: (I + n) / max(P + T - I + d, f).';

export const jaccardRatio: Ratio<'jaccard'> = (b, { intersection, predicted, targeted }) => ({
  numerator: intersection,
  denominator: b.sub(b.add(predicted, targeted), intersection),
});
