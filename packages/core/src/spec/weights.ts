/** What is multiplied by the weight of a class. */
export const weightedSchema = {
  type: 'choice',
  doc: 'What is multiplied by the weight v.',
  default: 'loss',
  values: {
    loss: 'The loss of the class, after transform and power.',
    score: 'The score of the class, before the transform.',
    intersection: 'The intersection in the numerator.',
    'both-sums': 'Intersection and sums: v I, v P, v T.',
    'both-factors': 'Prediction and target: v^2 I, v P, v T.',
  },
} as const;

/** How the weights of the classes are normalised. */
export const normaliseSchema = {
  type: 'choice',
  doc: 'How the weights are normalised.',
  default: 'none',
  values: {
    none: 'As they are.',
    'sum-to-one': 'Divided by their sum; all 0 where that is 0.',
    'weighted-mean': 'The mean over classes is sum(v loss) / sum(v), 0 where sum(v) is.',
  },
} as const;

const floorSchema = {
  type: 'number',
  doc: 'f: the least M that is told from smaller ones.',
  above: 0,
  maximum: 1e6,
  default: 1e-3,
} as const;

/** How much a weight by volume follows the volume. */
export const volumePowerSchema = {
  type: 'number',
  doc: 'k: 2 as in generalised Dice, 1 milder, 0 for weights of 1.',
  minimum: 0,
  maximum: 4,
  default: 2,
} as const;

/** What a class without target mass weighs. */
export const absentWeightSchema = {
  type: 'tagged',
  doc: 'How the weight follows from the target mass M, above all where M is 0.',
  default: 'largest',
  variants: {
    largest: {
      doc: '1 / max(M, f)^k, and the largest weight of the other classes where M = 0; all 0 where every M is.',
      fields: { floor: floorSchema as typeof floorSchema },
    },
    zero: {
      doc: '1 / max(M, f)^k, and 0 where M = 0.',
      fields: { floor: floorSchema as typeof floorSchema },
    },
    epsilon: {
      doc: '1 / (M + e)^k, or 1 / (M^k + e).',
      fields: {
        epsilon: { type: 'number', doc: 'e.', above: 0, maximum: 1e6, default: 1e-3 },
        to: {
          type: 'choice',
          doc: 'What e is added to.',
          default: 'mass',
          values: { mass: '1 / (M + e)^k.', power: '1 / (M^k + e).' },
        },
      },
    },
    floor: {
      doc: '1 / max(M, f)^k, also where M = 0.',
      fields: { floor: floorSchema as typeof floorSchema },
    },
  },
} as const;

/** Weights of the classes. */
export const weightsSchema = {
  type: 'tagged',
  doc: 'Weights of the classes.',
  default: 'none',
  variants: {
    none: { doc: 'All classes weigh the same.', fields: {} },
    given: {
      doc: 'One weight per scored class.',
      fields: {
        values: {
          type: 'list',
          doc: 'The weights, in the order of the scored classes.',
          items: { type: 'number', doc: 'A weight.', minimum: 0, maximum: 1e4 },
        },
        on: weightedSchema as typeof weightedSchema,
        normalise: normaliseSchema as typeof normaliseSchema,
      },
    },
    volume: {
      doc: 'About 1 / M^k, with M = sum of w t, the target mass of the class before rescaling; never differentiated.',
      fields: {
        power: volumePowerSchema as typeof volumePowerSchema,
        over: {
          type: 'choice',
          doc: 'Over which samples M is summed.',
          default: 'score',
          values: {
            score: 'Those that share the score.',
            batch: 'The whole batch.',
          },
        },
        on: weightedSchema as typeof weightedSchema,
        normalise: normaliseSchema as typeof normaliseSchema,
        absent: absentWeightSchema as typeof absentWeightSchema,
      },
    },
  },
} as const;
