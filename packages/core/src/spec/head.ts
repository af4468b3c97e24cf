import type { Docs } from '../schema/docs.js';

/** Which sums make one score. */
export const perSchema = {
  type: 'choice',
  default: 'image',
  words: ['image', 'batch', 'merged-image', 'everything'],
} as const;

export const perDocs: Docs<typeof perSchema> = {
  doc: 'Which voxels, samples and classes share one score.',
  words: {
    image: 'A score per sample and class, grid [N, C].',
    batch: 'A score per class over the whole batch, grid [C].',
    'merged-image': 'A score per sample over all its classes, grid [N].',
    everything: 'One score, grid [].',
  },
};

/** From which target mass on a class is present. */
export const thresholdSchema = { type: 'number', minimum: 0, maximum: 1e12, default: 0 } as const;

export const thresholdDocs: Docs<typeof thresholdSchema> = 'Largest mass of an absent class.';

/** From which target value on a voxel speaks for its class. */
export const levelSchema = { type: 'number', minimum: 0, maximum: 1, default: 0 } as const;

export const levelDocs: Docs<typeof levelSchema> =
  'Voxels with t at most this add nothing to the mass that makes a class present.';

const absentFields = {
  threshold: thresholdSchema as typeof thresholdSchema,
  level: levelSchema as typeof levelSchema,
} as const;

const absentFieldsDocs: { readonly threshold: string; readonly level: string } = {
  threshold: thresholdDocs,
  level: levelDocs,
};

/** What a class does that the target does not contain. */
export const absentSchema = {
  type: 'tagged',
  default: 'keep',
  variants: {
    keep: { fields: {} },
    zero: { fields: absentFields as typeof absentFields },
    skip: { fields: absentFields as typeof absentFields },
  },
} as const;

export const absentDocs: Docs<typeof absentSchema> = {
  doc: 'What a cell does whose target mass (sum of w t where t is above the level) is at most the threshold.',
  variants: {
    keep: 'It counts like any other: (n + 2I) / max(P + d, f) for Dice, with the gradient of that.',
    zero: {
      doc: 'Its loss is 0 with gradient 0; it still counts in the divisor of a mean.',
      fields: absentFieldsDocs,
    },
    skip: {
      doc: 'It is left out of the mean, divisor and gradient; a mean over nothing is 0.',
      fields: absentFieldsDocs,
    },
  },
};

/** Which score the transform acts on. */
export const transformedSchema = {
  type: 'choice',
  default: 'cell',
  words: ['cell', 'mean'],
} as const;

export const transformedDocs: Docs<typeof transformedSchema> = {
  doc: 'Which score the transform acts on.',
  words: {
    cell: 'The score of each cell; the losses are then reduced.',
    mean: 'The mean of the scores, taken as the reduction says.',
  },
};

/** Powers of the loss: focal forms. */
export const powerSchema = {
  type: 'record',
  default: {},
  fields: {
    cell: { type: 'number', above: 0, maximum: 10, default: 1 },
    reduced: { type: 'number', above: 0, maximum: 10, default: 1 },
    floor: { type: 'number', minimum: 0, maximum: 1, default: 1e-7 },
  },
} as const;

export const powerDocs: Docs<typeof powerSchema> = {
  doc: 'Powers of the loss: max(x, floor)^exponent; an exponent of 1 leaves x as it is.',
  fields: {
    cell: 'Exponent of the loss of each cell.',
    reduced: 'Exponent of the reduced loss.',
    floor: 'Least base; above 0 where an exponent is below 1, whose gradient is infinite at 0.',
  },
};

/** How the cells become the loss, all at once. */
export const plainReductionSchema = {
  type: 'choice',
  default: 'mean',
  words: ['mean', 'sum', 'none'],
} as const;

export const plainReductionDocs: Docs<typeof plainReductionSchema> = {
  doc: 'How the cells of the grid become the loss.',
  words: { mean: 'Mean over all cells.', sum: 'Sum over all cells.', none: 'The grid itself.' },
};

/** How the cells become the loss: all at once, or by classes or samples first. */
export const reductionSchema = {
  type: 'choice',
  default: 'mean',
  words: ['mean', 'sum', 'none', 'class-mean', 'class-then-sample', 'sample-then-class'],
} as const;

export const reductionDocs: Docs<typeof reductionSchema> = {
  doc: 'How the cells of the grid become the loss.',
  words: {
    mean: 'Mean over all cells.',
    sum: 'Sum over all cells.',
    none: 'The grid itself.',
    'class-mean': 'Mean over the classes of each sample, shape [N].',
    'class-then-sample': 'Mean over the classes of each sample, then over samples.',
    'sample-then-class': 'Mean over the samples of each class, then over classes.',
  },
};
