import type { Docs } from '../schema/docs.js';
import type { Transform } from './transform.js';

/**
 * Negative logarithm of the score. Source: Wong et al. 2018 (arXiv:1809.00076), whose exponent is
 * `power.cell`; scale and offset: PyMIC `ExpLogLoss`.
 */
export const logSchema = {
  fields: {
    floor: { type: 'number', minimum: 1e-9, maximum: 1, default: 1e-7 },
    scale: { type: 'number', above: 0, maximum: 1, default: 1 },
    offset: { type: 'number', minimum: 0, maximum: 1, default: 0 },
  },
} as const;

export const logDocs: Docs<typeof logSchema> = {
  doc: '-log max(a s + b, floor).',
  fields: {
    floor: 'Least argument; below it the gradient is 0.',
    scale: 'a.',
    offset: 'b: keeps the gradient at low scores finite without a floor.',
  },
};

export const logarithm: Transform<'log'> = (b, s, { floor, scale, offset }) => {
  const argument = b.add(b.mul(b.real(scale), s), b.real(offset));
  return b.mul(b.real(-1), b.log(b.max(argument, b.real(floor))));
};
