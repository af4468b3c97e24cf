import type { Docs } from '../schema/docs.js';
import { type Count, fromSums } from './counting.js';

/** `I = sum p t`, `P = sum p`, `T = sum t`. Right for hard targets; its minimum is not p = t for soft ones. */
export const productSchema = { fields: {} } as const;

export const productDocs: Docs<typeof productSchema> = 'I = sum w p t, P = sum w p, T = sum w t.';

export const productCount: Count<'product'> = {
  maps: (b, p, t) => ({ I: b.mul(p, t), P: p, T: t }),
  counts: fromSums,
};
