import { minimumSchema } from '../counting/minimum.js';
import { noiseRobustSchema } from '../counting/noise-robust.js';
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
import { penaltySchema } from '../transforms/penalty.js';
import { powerComplementSchema } from '../transforms/power-complement.js';
import { classesSchema } from './classes.js';
import {
  absentSchema,
  perSchema,
  powerSchema,
  reductionSchema,
  transformedSchema,
} from './head.js';
import { smoothingSchema } from './smoothing.js';
import { activationSchema, nameSchema, weightSchema } from './term.js';
import { weightsSchema } from './weights.js';

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
    'noise-robust': noiseRobustSchema as typeof noiseRobustSchema,
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
    'power-complement': powerComplementSchema as typeof powerComplementSchema,
    penalty: penaltySchema as typeof penaltySchema,
  },
} as const;

/** The overlap of prediction and target, as a term of a loss. */
export const overlapSchema = {
  doc: 'The overlap of prediction and target.',
  fields: {
    weight: weightSchema as typeof weightSchema,
    activation: activationSchema as typeof activationSchema,
    classes: classesSchema as typeof classesSchema,
    counting: countingSchema as typeof countingSchema,
    index: indexSchema as typeof indexSchema,
    per: perSchema as typeof perSchema,
    smoothing: smoothingSchema as typeof smoothingSchema,
    absent: absentSchema as typeof absentSchema,
    weights: weightsSchema as typeof weightsSchema,
    transform: transformSchema as typeof transformSchema,
    transformed: transformedSchema as typeof transformedSchema,
    power: powerSchema as typeof powerSchema,
    reduction: reductionSchema as typeof reductionSchema,
  },
  optional: {
    name: nameSchema as typeof nameSchema,
  },
} as const;
