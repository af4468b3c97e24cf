import type { Transform } from './transform.js';

/** Negative logarithm of the score. Source: Wong et al. 2018 (arXiv:1809.00076), without its power. */
export const logSchema = {
  doc: '-log max(s, floor).',
  fields: {
    floor: {
      type: 'number',
      doc: 'Least score; below it the gradient is 0.',
      minimum: 1e-9,
      maximum: 1,
      default: 1e-7,
    },
  },
} as const;

export const logarithm: Transform<'log'> = (b, s, { floor }) =>
  b.mul(b.real(-1), b.log(b.max(s, b.real(floor))));
