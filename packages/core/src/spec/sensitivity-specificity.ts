import { classesSchema } from './classes.js';
import { perSchema } from './head.js';
import { activationSchema, nameSchema, weightSchema } from './term.js';

/** Mean squared errors inside and outside the target, as a term of a loss. */
export const sensitivitySpecificitySchema = {
  doc: 'Sensitivity-specificity: r Et / (T + s) + (1 - r) Eu / (U + s), with u = 1 - t, Et = sum w (p - t)^2 t, T = sum w t, Eu = sum w (p - t)^2 u and U = sum w u.',
  fields: {
    weight: weightSchema as typeof weightSchema,
    activation: activationSchema as typeof activationSchema,
    classes: classesSchema as typeof classesSchema,
    sensitivityRatio: {
      type: 'number',
      doc: 'r: the share of the errors inside the target, 1 - r that of the errors outside.',
      minimum: 0,
      maximum: 1,
      default: 0.1,
    },
    per: perSchema as typeof perSchema,
    smoothing: {
      type: 'number',
      doc: 's in the divisors T + s and U + s.',
      minimum: 1e-16,
      maximum: 1e6,
      default: 1,
    },
    reduction: {
      type: 'choice',
      doc: 'How the cells of the grid become the loss.',
      default: 'mean',
      values: {
        mean: 'Mean over all cells.',
        sum: 'Sum over all cells.',
        none: 'The grid itself.',
      },
    },
  },
  optional: {
    name: nameSchema as typeof nameSchema,
  },
} as const;
