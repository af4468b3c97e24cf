import type { Docs } from '../schema/docs.js';
import type { Transform } from './transform.js';

/** Smooth near 0. Source: Jadon 2020 (arXiv:2006.14822), section III-N. */
export const logCoshSchema = { fields: {} } as const;

export const logCoshDocs: Docs<typeof logCoshSchema> = 'log cosh(1 - s).';

export const logCosh: Transform<'log-cosh'> = (b, s) => {
  // log cosh x = |x| + log((1 + e^(-2|x|)) / 2), which cannot overflow
  const x = b.abs(b.sub(b.real(1), s));
  const decay = b.exp(b.mul(b.real(-2), x));
  return b.add(x, b.log(b.mul(b.real(0.5), b.add(b.real(1), decay))));
};
