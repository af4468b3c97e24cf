import type { Docs } from '../schema/docs.js';
import { type Count, fromSums } from './counting.js';

/** `I = sum min(p, t)`, least loss at p = t also for soft targets. Source: Wang et al. 2023 (arXiv:2303.16296; Jaccard: arXiv:2302.05666). */
export const minimumSchema = { fields: {} } as const;

export const minimumDocs: Docs<typeof minimumSchema> =
  'I = sum w min(p, t) = (P + T - sum w |p - t|) / 2, P = sum w p, T = sum w t.';

export const minimumCount: Count<'minimum'> = {
  maps: (b, p, t) => ({ I: b.min(p, t), P: p, T: t }),
  counts: fromSums,
};
