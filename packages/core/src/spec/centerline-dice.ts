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

/** The overlap of each map with the skeleton of the other, as a term of a loss. */
export const centerlineDiceSchema = {
  fields: {
    weight: weightSchema as typeof weightSchema,
    activation: activationSchema as typeof activationSchema,
    classes: classesSchema as typeof classesSchema,
    iterations: { type: 'integer', minimum: 0, maximum: 50, default: 3 },
    per: perSchema as typeof perSchema,
    smoothing: { type: 'number', minimum: 1e-16, maximum: 1e6, default: 1 },
    reduction: plainReductionSchema as typeof plainReductionSchema,
  },
  optional: { name: nameSchema as typeof nameSchema },
} as const;

export const centerlineDiceDocs: Docs<typeof centerlineDiceSchema> = {
  doc: 'clDice: the overlap of prediction and target with the soft skeleton S of each other; 2 or 3 spatial axes.',
  fields: {
    weight: weightDocs,
    activation: activationDocs,
    classes: classesDocs,
    iterations:
      'Erosions of the soft skeleton: at least half the width of the widest tube, in voxels.',
    per: perDocs,
    smoothing:
      's in precision (sum of w S(p) t + s) / (sum of w S(p) + s) and sensitivity (sum of w S(t) p + s) / (sum of w S(t) + s).',
    reduction: plainReductionDocs,
    name: nameDocs,
  },
};
