/** Which sums make one score. */
export const perSchema = {
  type: 'choice',
  doc: 'Which voxels, samples and classes share one score.',
  default: 'image',
  values: {
    image: 'A score per sample and class, grid [N, C].',
    batch: 'A score per class over the whole batch, grid [C].',
    'merged-image': 'A score per sample over all its classes, grid [N].',
    everything: 'One score, grid [].',
  },
} as const;

/** From which target mass on a class is present. */
export const thresholdSchema = {
  type: 'number',
  doc: 'Largest mass of an absent class.',
  minimum: 0,
  maximum: 1e12,
  default: 0,
} as const;

/** From which target value on a voxel speaks for its class. */
export const levelSchema = {
  type: 'number',
  doc: 'Voxels with t at most this add nothing to the mass that makes a class present.',
  minimum: 0,
  maximum: 1,
  default: 0,
} as const;

const absentFields = {
  threshold: thresholdSchema as typeof thresholdSchema,
  level: levelSchema as typeof levelSchema,
} as const;

/** What a class does that the target does not contain. */
export const absentSchema = {
  type: 'tagged',
  doc: 'What a cell does whose target mass (sum of w t where t is above the level) is at most the threshold.',
  default: 'keep',
  variants: {
    keep: {
      doc: 'It counts like any other: (n + 2I) / max(P + d, f) for Dice, with the gradient of that.',
      fields: {},
    },
    zero: {
      doc: 'Its loss is 0 with gradient 0; it still counts in the divisor of a mean.',
      fields: absentFields as typeof absentFields,
    },
    skip: {
      doc: 'It is left out of the mean, divisor and gradient; a mean over nothing is 0.',
      fields: absentFields as typeof absentFields,
    },
  },
} as const;

/** Which score the transform acts on. */
export const transformedSchema = {
  type: 'choice',
  doc: 'Which score the transform acts on.',
  default: 'cell',
  values: {
    cell: 'The score of each cell; the losses are then reduced.',
    mean: 'The mean of the scores, taken as the reduction says.',
  },
} as const;

/** Powers of the loss: focal forms. */
export const powerSchema = {
  type: 'record',
  doc: 'Powers of the loss: max(x, floor)^exponent; an exponent of 1 leaves x as it is.',
  default: {},
  fields: {
    cell: {
      type: 'number',
      doc: 'Exponent of the loss of each cell.',
      above: 0,
      maximum: 10,
      default: 1,
    },
    reduced: {
      type: 'number',
      doc: 'Exponent of the reduced loss.',
      above: 0,
      maximum: 10,
      default: 1,
    },
    floor: {
      type: 'number',
      doc: 'Least base; above 0 where an exponent is below 1, whose gradient is infinite at 0.',
      minimum: 0,
      maximum: 1,
      default: 1e-7,
    },
  },
} as const;

/** How the cells become the loss. */
export const reductionSchema = {
  type: 'choice',
  doc: 'How the cells of the grid become the loss.',
  default: 'mean',
  values: {
    mean: 'Mean over all cells.',
    sum: 'Sum over all cells.',
    none: 'The grid itself.',
    'class-mean': 'Mean over the classes of each sample, shape [N].',
    'class-then-sample': 'Mean over the classes of each sample, then over samples.',
    'sample-then-class': 'Mean over the samples of each class, then over classes.',
  },
} as const;
