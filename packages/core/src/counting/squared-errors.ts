import type { Docs } from '../schema/docs.js';
import type { Count } from './counting.js';

/** Voxelwise true positives, false positives and false negatives, each squared. Source: SegLossOdyssey, `square`. */
export const squaredErrorsSchema = { fields: {} } as const;

export const squaredErrorsDocs: Docs<typeof squaredErrorsSchema> =
  'I = sum w (p t)^2, P - I = sum w (p (1 - t))^2, T - I = sum w ((1 - p) t)^2.';

export const squaredErrorsCount: Count<'squared-errors'> = {
  maps: (b, p, t) => ({
    I: b.pow(b.mul(p, t), 2),
    FP: b.pow(b.mul(p, b.sub(b.real(1), t)), 2),
    FN: b.pow(b.mul(b.sub(b.real(1), p), t), 2),
  }),
  counts: (b, sum) => ({
    intersection: sum('I'),
    predicted: b.add(sum('I'), sum('FP')),
    targeted: b.add(sum('I'), sum('FN')),
    falsePositives: sum('FP'),
    falseNegatives: sum('FN'),
  }),
};
