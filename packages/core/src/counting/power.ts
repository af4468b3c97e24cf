import type { Docs } from '../schema/docs.js';
import { type Count, fromSums } from './counting.js';

/** Powers in the sums; `exponent = 2` is V-Net. Source: Milletari et al. 2016 (arXiv:1606.04797), section 3. */
export const powerCountingSchema = {
  fields: { exponent: { type: 'number', minimum: 1, maximum: 8, default: 2 } },
} as const;

export const powerCountingDocs: Docs<typeof powerCountingSchema> = {
  doc: 'I = sum w p t, P = sum w p^k, T = sum w t^k.',
  fields: { exponent: 'k.' },
};

export const powerCount: Count<'power'> = {
  maps: (b, p, t, { exponent }) => ({
    I: b.mul(p, t),
    P: b.pow(p, exponent),
    T: b.pow(t, exponent),
  }),
  counts: fromSums,
};
