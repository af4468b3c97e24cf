import { absentWeightSchema, volumePowerSchema } from './weights.js';

/** Weights of the classes in a hard score. */
export const metricWeightsSchema = {
  type: 'tagged',
  doc: 'Weights v of the classes.',
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
        normalise: {
          type: 'choice',
          doc: 'How the weights are normalised.',
          default: 'none',
          values: {
            none: 'As they are: each score is multiplied by its weight.',
            'weighted-mean': 'A mean over classes is sum(v s) / sum(v), 0 where sum(v) is.',
          },
        },
      },
    },
    support: {
      doc: 'v = T, the volume of the class in the target, in a weighted mean.',
      fields: {},
    },
    volume: {
      doc: 'About 1 / T^k, in the sums that merged classes share: v I, v P, v T. Generalised Dice.',
      fields: {
        power: volumePowerSchema as typeof volumePowerSchema,
        absent: absentWeightSchema as typeof absentWeightSchema,
      },
    },
  },
} as const;
