import type { Docs } from '../schema/docs.js';
import { plainReductionDocs, plainReductionSchema } from './head.js';
import { smoothingDocs, smoothingSchema } from './smoothing.js';
import { nameDocs, nameSchema, weightDocs, weightSchema } from './term.js';

/** What turns the prediction into a distribution over the classes. */
export const distributionActivationSchema = {
  type: 'choice',
  default: 'none',
  words: ['softmax', 'none'],
} as const;

export const distributionActivationDocs: Docs<typeof distributionActivationSchema> = {
  doc: 'What turns the prediction into p, a distribution over the classes.',
  words: {
    softmax: 'p = softmax of the logits over the channels.',
    none: 'The prediction is p already: in [0, 1], with a sum of at most 1 at each voxel.',
  },
};

/** How much the classes count, and by what the true positives are divided. */
export const wassersteinWeightingSchema = {
  type: 'choice',
  default: 'foreground',
  words: ['foreground', 'volume'],
} as const;

export const wassersteinWeightingDocs: Docs<typeof wassersteinWeightingSchema> = {
  doc: 'The weights a of the classes in the true positives A = sum over classes of a (V - D).',
  words: {
    foreground: 'a = 0 for class 0, 1 for the others; s = (2 A + n) / max(2 A + sum D + d, f).',
    volume: 'a = 1 / (V + 1); s = (2 A + n) / max(sum a (2 V - D) + d, f).',
  },
};

/** Which sums make one score of all classes together. */
export const mergedPerSchema = {
  type: 'choice',
  default: 'merged-image',
  words: ['merged-image', 'everything'],
} as const;

export const mergedPerDocs: Docs<typeof mergedPerSchema> = {
  doc: 'Which samples share one score; all classes do.',
  words: { 'merged-image': 'A score per sample, grid [N].', everything: 'One score, grid [].' },
};

/** The generalised Wasserstein Dice of prediction and target, as a term of a loss. */
export const wassersteinSchema = {
  fields: {
    weight: weightSchema as typeof weightSchema,
    activation: distributionActivationSchema as typeof distributionActivationSchema,
    distances: {
      type: 'list',
      items: { type: 'list', items: { type: 'number', minimum: 0, maximum: 1 } },
    },
    weighting: wassersteinWeightingSchema as typeof wassersteinWeightingSchema,
    per: mergedPerSchema as typeof mergedPerSchema,
    smoothing: smoothingSchema as typeof smoothingSchema,
    reduction: plainReductionSchema as typeof plainReductionSchema,
  },
  optional: { name: nameSchema as typeof nameSchema },
} as const;

export const wassersteinDocs: Docs<typeof wassersteinSchema> = {
  doc: 'Generalised Wasserstein Dice: 1 - s, where an error costs as much as the classes are apart. V = sum w t and D = sum w t W per class, with W = sum over channels of distance times p.',
  fields: {
    weight: weightDocs,
    activation: distributionActivationDocs,
    distances: {
      doc: 'How far each class of the target (row) is from each channel of the prediction (column): square, 0 on the diagonal. Divide distances by the largest to have them in [0, 1].',
      items: { doc: 'The distances of one class from every channel.', items: 'A distance.' },
    },
    weighting: wassersteinWeightingDocs,
    per: mergedPerDocs,
    smoothing: smoothingDocs,
    reduction: plainReductionDocs,
    name: nameDocs,
  },
};
