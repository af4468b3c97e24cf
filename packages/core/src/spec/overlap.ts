import { minimumSchema } from '../counting/minimum.js';
import { powerCountingSchema } from '../counting/power.js';
import { productSchema } from '../counting/product.js';
import { squaredErrorsSchema } from '../counting/squared-errors.js';
import { diceSchema } from '../indices/dice.js';
import { fBetaSchema } from '../indices/f-beta.js';
import { jaccardSchema } from '../indices/jaccard.js';
import { tverskySchema } from '../indices/tversky.js';
import { complementSchema } from '../transforms/complement.js';
import { logSchema } from '../transforms/log.js';
import { logCoshSchema } from '../transforms/log-cosh.js';
import { negativeSchema } from '../transforms/negative.js';
import { classesSchema } from './classes.js';
import { absentSchema, perSchema, powerSchema, reductionSchema } from './head.js';
import { smoothingSchema } from './smoothing.js';
import { weightsSchema } from './weights.js';

/** What turns the prediction into p; over all channels, before anything is dropped or masked. */
export const activationSchema = {
  type: 'choice',
  doc: 'What turns the prediction into p; over all channels, before anything is dropped or masked.',
  default: 'none',
  values: {
    softmax: 'p = softmax of the logits over the channels; at least two channels.',
    sigmoid: 'p = sigmoid of each logit.',
    none: 'The prediction is p already, in [0, 1].',
  },
} as const;

/** Which overlap is measured. */
export const indexSchema = {
  type: 'tagged',
  doc: 'Which overlap is measured: the ratio before smoothing.',
  default: 'dice',
  variants: {
    dice: diceSchema as typeof diceSchema,
    jaccard: jaccardSchema as typeof jaccardSchema,
    tversky: tverskySchema as typeof tverskySchema,
    'f-beta': fBetaSchema as typeof fBetaSchema,
  },
} as const;

/** How intersection I and sums P, T are counted over the voxels. */
export const countingSchema = {
  type: 'tagged',
  doc: 'How intersection I and sums P, T are counted over the voxels.',
  default: 'product',
  variants: {
    product: productSchema as typeof productSchema,
    minimum: minimumSchema as typeof minimumSchema,
    power: powerCountingSchema as typeof powerCountingSchema,
    'squared-errors': squaredErrorsSchema as typeof squaredErrorsSchema,
  },
} as const;

/** How a score s becomes a loss. */
export const transformSchema = {
  type: 'tagged',
  doc: 'How a score s becomes a loss.',
  default: 'complement',
  variants: {
    complement: complementSchema as typeof complementSchema,
    negative: negativeSchema as typeof negativeSchema,
    log: logSchema as typeof logSchema,
    'log-cosh': logCoshSchema as typeof logCoshSchema,
  },
} as const;

/** The overlap of prediction and target, as a term of a loss. */
export const overlapSchema = {
  doc: 'The overlap of prediction and target.',
  fields: {
    weight: {
      type: 'number',
      doc: 'Factor of this term in the loss.',
      minimum: -1e4,
      maximum: 1e4,
      default: 1,
    },
    activation: activationSchema as typeof activationSchema,
    classes: classesSchema as typeof classesSchema,
    counting: countingSchema as typeof countingSchema,
    index: indexSchema as typeof indexSchema,
    per: perSchema as typeof perSchema,
    smoothing: smoothingSchema as typeof smoothingSchema,
    absent: absentSchema as typeof absentSchema,
    weights: weightsSchema as typeof weightsSchema,
    transform: transformSchema as typeof transformSchema,
    power: powerSchema as typeof powerSchema,
    reduction: reductionSchema as typeof reductionSchema,
  },
  optional: {
    name: { type: 'text', doc: 'Name of the term in reports; the index by default.' },
  },
} as const;
