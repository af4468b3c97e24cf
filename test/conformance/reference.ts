import { evaluate, evaluateLevels } from '@softdice/reference';
import { float64 } from '../tolerance/precision.js';
import type { LevelsTarget } from './target.js';

/** The judge. */
export const reference: LevelsTarget = {
  name: 'reference',
  precision: float64,
  evaluate: async (spec, batch, cotangent) =>
    evaluate(spec, { ...batch, ...(cotangent === undefined ? {} : { cotangent }) }),
  evaluateLevels: async (spec, inputs) => evaluateLevels(spec, inputs),
};
