import { classesSchema } from './classes.js';
import { perSchema } from './head.js';
import { activationSchema, nameSchema, weightSchema } from './term.js';

/** The overlap of each map with the skeleton of the other, as a term of a loss. */
export const centerlineDiceSchema = {
  doc: 'clDice: the overlap of prediction and target with the soft skeleton S of each other; 2 or 3 spatial axes.',
  fields: {
    weight: weightSchema as typeof weightSchema,
    activation: activationSchema as typeof activationSchema,
    classes: classesSchema as typeof classesSchema,
    iterations: {
      type: 'integer',
      doc: 'Erosions of the soft skeleton: at least half the width of the widest tube, in voxels.',
      minimum: 0,
      maximum: 50,
      default: 3,
    },
    per: perSchema as typeof perSchema,
    smoothing: {
      type: 'number',
      doc: 's in precision (sum of w S(p) t + s) / (sum of w S(p) + s) and sensitivity (sum of w S(t) p + s) / (sum of w S(t) + s).',
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
