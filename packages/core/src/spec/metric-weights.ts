import type { Docs } from '../schema/docs.js';
import {
  absentWeightDocs,
  absentWeightSchema,
  volumePowerDocs,
  volumePowerSchema,
} from './weights.js';

/** Weights of the classes in a hard score. */
export const metricWeightsSchema = {
  type: 'tagged',
  default: 'none',
  variants: {
    none: { fields: {} },
    given: {
      fields: {
        values: { type: 'list', items: { type: 'number', minimum: 0, maximum: 1e4 } },
        normalise: { type: 'choice', default: 'none', words: ['none', 'weighted-mean'] },
      },
    },
    support: { fields: {} },
    volume: {
      fields: {
        power: volumePowerSchema as typeof volumePowerSchema,
        absent: absentWeightSchema as typeof absentWeightSchema,
      },
    },
  },
} as const;

export const metricWeightsDocs: Docs<typeof metricWeightsSchema> = {
  doc: 'Weights v of the classes.',
  variants: {
    none: 'All classes weigh the same.',
    given: {
      doc: 'One weight per scored class.',
      fields: {
        values: { doc: 'The weights, in the order of the scored classes.', items: 'A weight.' },
        normalise: {
          doc: 'How the weights are normalised.',
          words: {
            none: 'As they are: each score is multiplied by its weight.',
            'weighted-mean': 'A mean over classes is sum(v s) / sum(v), 0 where sum(v) is.',
          },
        },
      },
    },
    support: 'v = T, the volume of the class in the target, in a weighted mean.',
    volume: {
      doc: 'About 1 / T^k, in the sums that merged classes share: v I, v P, v T. Generalised Dice.',
      fields: { power: volumePowerDocs, absent: absentWeightDocs },
    },
  },
};
