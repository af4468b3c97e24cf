import type { Docs } from '../schema/docs.js';
import { classesDocs, classesSchema } from './classes.js';
import { perDocs, perSchema, plainReductionDocs, plainReductionSchema } from './head.js';
import {
  activationDocs,
  activationSchema,
  nameDocs,
  nameSchema,
  weightDocs,
  weightSchema,
} from './term.js';

/** Mean squared errors inside and outside the target, as a term of a loss. */
export const sensitivitySpecificitySchema = {
  fields: {
    weight: weightSchema as typeof weightSchema,
    activation: activationSchema as typeof activationSchema,
    classes: classesSchema as typeof classesSchema,
    sensitivityRatio: { type: 'number', minimum: 0, maximum: 1, default: 0.1 },
    per: perSchema as typeof perSchema,
    smoothing: { type: 'number', minimum: 1e-16, maximum: 1e6, default: 1 },
    reduction: plainReductionSchema as typeof plainReductionSchema,
  },
  optional: { name: nameSchema as typeof nameSchema },
} as const;

export const sensitivitySpecificityDocs: Docs<typeof sensitivitySpecificitySchema> = {
  doc: 'Sensitivity-specificity: r Et / (T + s) + (1 - r) Eu / (U + s), with u = 1 - t, Et = sum w (p - t)^2 t, T = sum w t, Eu = sum w (p - t)^2 u and U = sum w u.',
  fields: {
    weight: weightDocs,
    activation: activationDocs,
    classes: classesDocs,
    sensitivityRatio:
      'r: the share of the errors inside the target, 1 - r that of the errors outside.',
    per: perDocs,
    smoothing: 's in the divisors T + s and U + s.',
    reduction: plainReductionDocs,
    name: nameDocs,
  },
};
