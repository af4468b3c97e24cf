import { evaluate } from '@softdice/reference';
import { float64 } from '../tolerance/precision.js';
import type { Target } from './target.js';

/** The judge. */
export const reference: Target = {
  name: 'reference',
  precision: float64,
  evaluate: async (spec, batch, cotangent) =>
    evaluate(spec, { ...batch, ...(cotangent === undefined ? {} : { cotangent }) }),
};
