import type { Docs } from '../schema/docs.js';

/** What is multiplied by the weight of a class. */
export const weightedSchema = {
  type: 'choice',
  default: 'loss',
  words: ['loss', 'score', 'intersection', 'both-sums', 'both-factors'],
} as const;

export const weightedDocs: Docs<typeof weightedSchema> = {
  doc: 'What is multiplied by the weight v.',
  words: {
    loss: 'The loss of the class, after transform and power.',
    score: 'The score of the class, before the transform.',
    intersection: 'The intersection in the numerator.',
    'both-sums': 'Intersection and sums: v I, v P, v T.',
    'both-factors': 'Prediction and target: v^2 I, v P, v T.',
  },
};

/** How the weights of the classes are normalised. */
export const normaliseSchema = {
  type: 'choice',
  default: 'none',
  words: ['none', 'sum-to-one', 'weighted-mean'],
} as const;

export const normaliseDocs: Docs<typeof normaliseSchema> = {
  doc: 'How the weights are normalised.',
  words: {
    none: 'As they are.',
    'sum-to-one': 'Divided by their sum; all 0 where that is 0.',
    'weighted-mean': 'The mean over classes is sum(v loss) / sum(v), 0 where sum(v) is.',
  },
};

const floorSchema = { type: 'number', above: 0, maximum: 1e6, default: 1e-3 } as const;

const floorDocs: Docs<typeof floorSchema> = 'f: the least M that is told from smaller ones.';

/** How much a weight by volume follows the volume. */
export const volumePowerSchema = { type: 'number', minimum: 0, maximum: 4, default: 2 } as const;

export const volumePowerDocs: Docs<typeof volumePowerSchema> =
  'k: 2 as in generalised Dice, 1 milder, 0 for weights of 1.';

/** What a class without target mass weighs. */
export const absentWeightSchema = {
  type: 'tagged',
  default: 'largest',
  variants: {
    largest: { fields: { floor: floorSchema as typeof floorSchema } },
    zero: { fields: { floor: floorSchema as typeof floorSchema } },
    epsilon: {
      fields: {
        epsilon: { type: 'number', above: 0, maximum: 1e6, default: 1e-3 },
        to: { type: 'choice', default: 'mass', words: ['mass', 'power'] },
      },
    },
    floor: { fields: { floor: floorSchema as typeof floorSchema } },
  },
} as const;

export const absentWeightDocs: Docs<typeof absentWeightSchema> = {
  doc: 'How the weight follows from the target mass M, above all where M is 0.',
  variants: {
    largest: {
      doc: '1 / max(M, f)^k, and the largest weight of the other classes where M = 0; all 0 where every M is.',
      fields: { floor: floorDocs },
    },
    zero: { doc: '1 / max(M, f)^k, and 0 where M = 0.', fields: { floor: floorDocs } },
    epsilon: {
      doc: '1 / (M + e)^k, or 1 / (M^k + e).',
      fields: {
        epsilon: 'e.',
        to: {
          doc: 'What e is added to.',
          words: { mass: '1 / (M + e)^k.', power: '1 / (M^k + e).' },
        },
      },
    },
    floor: { doc: '1 / max(M, f)^k, also where M = 0.', fields: { floor: floorDocs } },
  },
};

/** Weights of the classes. */
export const weightsSchema = {
  type: 'tagged',
  default: 'none',
  variants: {
    none: { fields: {} },
    given: {
      fields: {
        values: { type: 'list', items: { type: 'number', minimum: 0, maximum: 1e4 } },
        on: weightedSchema as typeof weightedSchema,
        normalise: normaliseSchema as typeof normaliseSchema,
      },
    },
    volume: {
      fields: {
        power: volumePowerSchema as typeof volumePowerSchema,
        over: { type: 'choice', default: 'score', words: ['score', 'batch'] },
        on: weightedSchema as typeof weightedSchema,
        normalise: normaliseSchema as typeof normaliseSchema,
        absent: absentWeightSchema as typeof absentWeightSchema,
      },
    },
  },
} as const;

export const weightsDocs: Docs<typeof weightsSchema> = {
  doc: 'Weights of the classes.',
  variants: {
    none: 'All classes weigh the same.',
    given: {
      doc: 'One weight per scored class.',
      fields: {
        values: { doc: 'The weights, in the order of the scored classes.', items: 'A weight.' },
        on: weightedDocs,
        normalise: normaliseDocs,
      },
    },
    volume: {
      doc: 'About 1 / M^k, with M = sum of w t, the target mass of the class before rescaling; never differentiated.',
      fields: {
        power: volumePowerDocs,
        over: {
          doc: 'Over which samples M is summed.',
          words: { score: 'Those that share the score.', batch: 'The whole batch.' },
        },
        on: weightedDocs,
        normalise: normaliseDocs,
        absent: absentWeightDocs,
      },
    },
  },
};
