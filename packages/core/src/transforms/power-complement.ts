import type { Docs } from '../schema/docs.js';
import type { Transform } from './transform.js';

/** Complement of a power of the score: with k below 1 poor classes matter more. Source: Wang and Chung 2018 (Focal Dice loss), with k = 1 / beta; PyMIC `FocalDiceLoss`. */
export const powerComplementSchema = {
  fields: {
    exponent: { type: 'number', above: 0, maximum: 10, default: 0.5 },
    floor: { type: 'number', minimum: 1e-9, maximum: 1, default: 1e-7 },
  },
} as const;

export const powerComplementDocs: Docs<typeof powerComplementSchema> = {
  doc: '1 - max(s, floor)^k.',
  fields: { exponent: 'k.', floor: 'Least score; below it the gradient is 0.' },
};

export const powerComplement: Transform<'power-complement'> = (b, s, { exponent, floor }) =>
  b.sub(b.real(1), b.pow(b.max(s, b.real(floor)), exponent));
