import type { Docs } from '../schema/docs.js';
import { channelsDocs, channelsSchema } from './classes.js';
import {
  activationDocs,
  activationSchema,
  nameDocs,
  nameSchema,
  weightDocs,
  weightSchema,
} from './term.js';

/** What is thought to be random: which class a voxel has, or whether it has each class. */
export const distributionSchema = {
  type: 'choice',
  default: 'categorical',
  words: ['categorical', 'bernoulli'],
} as const;

export const distributionDocs: Docs<typeof distributionSchema> = {
  doc: 'What is random at a voxel; softmax is categorical, sigmoid is bernoulli.',
  words: {
    categorical: 'Which class it has: -t log p, summed over the classes.',
    bernoulli: 'Whether it has each class: -t log p - (1 - t) log(1 - p).',
  },
};

/** Weights of the classes. */
export const entropyWeightsSchema = {
  type: 'tagged',
  default: 'none',
  variants: {
    none: { fields: {} },
    given: {
      fields: { values: { type: 'list', items: { type: 'number', minimum: 0, maximum: 1e4 } } },
    },
    frequency: {
      fields: {
        power: { type: 'number', minimum: 0, maximum: 2, default: 0.5 },
        epsilon: { type: 'number', minimum: 1e-3, maximum: 1, default: 0.1 },
      },
    },
  },
} as const;

export const entropyWeightsDocs: Docs<typeof entropyWeightsSchema> = {
  doc: 'Weights v of the classes.',
  variants: {
    none: 'All classes weigh the same, v = 1.',
    given: {
      doc: 'One weight per scored class, a factor of its cross-entropy.',
      fields: {
        values: { doc: 'The weights, in the order of the scored classes.', items: 'A weight.' },
      },
    },
    frequency: {
      doc: '1 / (f + e)^k, with f = sum of w t / sum of w, the share of the class in the batch before rescaling.',
      fields: {
        power: 'k: 0.5 as the exponential logarithmic loss, 1 for as much loss from a rare class.',
        epsilon: 'e: keeps the weight of a rare class below 1 / e^k.',
      },
    },
  },
};

/** What the logarithm is taken of. */
export const logarithmSchema = {
  type: 'tagged',
  default: 'floored',
  variants: {
    floored: { fields: {} },
    clipped: { fields: {} },
    affine: {
      fields: {
        offset: { type: 'number', minimum: 1e-6, maximum: 1, default: 0.005 },
        scale: { type: 'number', above: 0, maximum: 1, default: 0.99 },
      },
    },
  },
} as const;

export const logarithmDocs: Docs<typeof logarithmSchema> = {
  doc: 'What the logarithm is taken of; the same of p as of 1 - p.',
  variants: {
    floored:
      'max(p, floor) of given probabilities; of logits p itself, by stable functions of them.',
    clipped: 'p kept in [floor, 1 - floor], also in the focal factors: without gradient outside.',
    affine: {
      doc: 'offset + scale p, so that no p has an infinite loss.',
      fields: { offset: 'offset.', scale: 'scale.' },
    },
  },
};

/** Which voxels a focal factor spares. */
export const modulationSchema = {
  type: 'tagged',
  default: 'plain',
  variants: {
    plain: { fields: {} },
    reduced: { fields: { threshold: { type: 'number', minimum: 0.01, maximum: 1, default: 0.5 } } },
  },
} as const;

export const modulationDocs: Docs<typeof modulationSchema> = {
  doc: 'Which voxels the focal factor makes count less.',
  variants: {
    plain: 'All: (1 - p)^focus.',
    reduced: {
      doc: 'Those predicted well: ((1 - p) / threshold)^focus from p = threshold on, 1 below.',
      fields: { threshold: 'Least p that is predicted well; 0.5 makes the factor continuous.' },
    },
  },
};

/** By what the sums over the voxels are divided. */
export const averageSchema = {
  type: 'choice',
  default: 'valid',
  words: ['voxels', 'valid', 'class-weighted', 'focal-factors', 'nothing'],
} as const;

export const averageDocs: Docs<typeof averageSchema> = {
  doc: 'By what the sum over the voxels is divided; a mean over nothing is 0.',
  words: {
    voxels: 'The number of all voxels, or of the hardest, those included that do not count.',
    valid: 'The sum of the voxel weights w.',
    'class-weighted': 'The sum of w v t over the scored classes.',
    'focal-factors':
      'The sum of w f, f the focal factor of the true outcome; it depends on p and has a gradient.',
    nothing: '1: the sum over the voxels itself, of each sample and class.',
  },
};

/** How the classes and samples become the loss. */
export const entropyReductionSchema = {
  type: 'choice',
  default: 'class-sum',
  words: ['class-sum', 'mean', 'sum', 'none'],
} as const;

export const entropyReductionDocs: Docs<typeof entropyReductionSchema> = {
  doc: 'How the cells of the grid [N, C] become the loss.',
  words: {
    'class-sum': 'Sum over the classes, mean over the voxels of all samples.',
    mean: 'Mean over the classes and over the voxels of all samples.',
    sum: 'Sum over all cells, each the mean over its voxels.',
    none: 'The grid itself: the mean over the voxels of each sample and class.',
  },
};

/** The cross-entropy of prediction and target, as a term of a loss. */
export const crossEntropySchema = {
  fields: {
    weight: weightSchema as typeof weightSchema,
    activation: activationSchema as typeof activationSchema,
    distribution: distributionSchema as typeof distributionSchema,
    classes: channelsSchema as typeof channelsSchema,
    weights: entropyWeightsSchema as typeof entropyWeightsSchema,
    positive: { type: 'number', minimum: 0, maximum: 1e4, default: 1 },
    negative: { type: 'number', minimum: 0, maximum: 1e4, default: 1 },
    labelSmoothing: { type: 'number', minimum: 0, maximum: 1, default: 0 },
    focus: { type: 'number', minimum: 0, maximum: 10, default: 0 },
    modulation: modulationSchema as typeof modulationSchema,
    exponent: { type: 'number', above: 0, maximum: 4, default: 1 },
    logarithm: logarithmSchema as typeof logarithmSchema,
    hardest: { type: 'number', above: 0, maximum: 100, default: 100 },
    floor: { type: 'number', minimum: 1e-12, maximum: 0.5, default: 1e-7 },
    average: averageSchema as typeof averageSchema,
    reduction: entropyReductionSchema as typeof entropyReductionSchema,
  },
  optional: { name: nameSchema as typeof nameSchema },
} as const;

export const crossEntropyDocs: Docs<typeof crossEntropySchema> = {
  doc: 'The cross-entropy of prediction and target.',
  fields: {
    weight: weightDocs,
    activation: activationDocs,
    distribution: distributionDocs,
    classes: channelsDocs,
    weights: entropyWeightsDocs,
    positive: 'Factor of the part with t in a bernoulli cross-entropy.',
    negative: 'Factor of the part with 1 - t in a bernoulli cross-entropy.',
    labelSmoothing:
      'e: the target of a categorical cross-entropy becomes (1 - e) t + e / C, C all channels.',
    focus: 'Exponent of the focal factors: (1 - p)^focus of -log p, and p^focus of -log(1 - p).',
    modulation: modulationDocs,
    exponent: 'g: every -log is taken to this power, (-log p)^g.',
    logarithm: logarithmDocs,
    hardest:
      'Percent of the voxels of the batch that count: those whose cross-entropy is largest, weighted and summed over the scored classes, in steps of 1e-4.',
    floor: 'Least argument of a logarithm of given probabilities, and the ends of a clipped one.',
    average: averageDocs,
    reduction: entropyReductionDocs,
    name: nameDocs,
  },
};
