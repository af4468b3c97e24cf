import type { Docs } from '../schema/docs.js';
import { type Count, fromSums } from './counting.js';

/**
 * `I = (P + T - sum |p - t|^g) / 2`: `g = 1` counts as 'minimum' does, larger exponents forgive small errors.
 *
 * Dice is then `1 - s = sum |p - t|^g / (P + T)`, in [0, 1] and 0 at p = t also for soft targets. A voxel
 * gives `min(p, t) <= I <= (p + t) / 2`, so that I can exceed P or T.
 *
 * Source: Wang et al. 2020, IEEE Transactions on Medical Imaging 39:2653 (doi 10.1109/TMI.2020.3000314),
 * equation 3; PyMIC `NoiseRobustDiceLoss`.
 */
export const noiseRobustSchema = {
  fields: { exponent: { type: 'number', minimum: 1, maximum: 2, default: 1.5 } },
} as const;

export const noiseRobustDocs: Docs<typeof noiseRobustSchema> = {
  doc: 'I = (P + T - sum w |p - t|^g) / 2, P = sum w p, T = sum w t.',
  fields: { exponent: 'g: 1 as counting minimum, the mean absolute error; 2 squares the errors.' },
};

export const noiseRobustCount: Count<'noise-robust'> = {
  maps: (b, p, t, { exponent }) => ({
    I: b.mul(b.real(0.5), b.sub(b.add(p, t), b.pow(b.abs(b.sub(p, t)), exponent))),
    P: p,
    T: t,
  }),
  counts: fromSums,
};
