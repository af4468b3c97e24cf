import { minimumDocs, minimumSchema } from '../counting/minimum.js';
import { noiseRobustDocs, noiseRobustSchema } from '../counting/noise-robust.js';
import { powerCountingDocs, powerCountingSchema } from '../counting/power.js';
import { productDocs, productSchema } from '../counting/product.js';
import { squaredErrorsDocs, squaredErrorsSchema } from '../counting/squared-errors.js';
import { diceDocs, diceSchema } from '../indices/dice.js';
import { fBetaDocs, fBetaSchema } from '../indices/f-beta.js';
import { jaccardDocs, jaccardSchema } from '../indices/jaccard.js';
import { tverskyDocs, tverskySchema } from '../indices/tversky.js';
import type { Docs } from '../schema/docs.js';
import { complementDocs, complementSchema } from '../transforms/complement.js';
import { logDocs, logSchema } from '../transforms/log.js';
import { logCoshDocs, logCoshSchema } from '../transforms/log-cosh.js';
import { negativeDocs, negativeSchema } from '../transforms/negative.js';
import { penaltyDocs, penaltySchema } from '../transforms/penalty.js';
import { powerComplementDocs, powerComplementSchema } from '../transforms/power-complement.js';
import { classesDocs, classesSchema } from './classes.js';
import {
  absentDocs,
  absentSchema,
  perDocs,
  perSchema,
  powerDocs,
  powerSchema,
  reductionDocs,
  reductionSchema,
  transformedDocs,
  transformedSchema,
} from './head.js';
import { smoothingDocs, smoothingSchema } from './smoothing.js';
import {
  activationDocs,
  activationSchema,
  nameDocs,
  nameSchema,
  weightDocs,
  weightSchema,
} from './term.js';
import { weightsDocs, weightsSchema } from './weights.js';

/** Which overlap is measured. */
export const indexSchema = {
  type: 'tagged',
  default: 'dice',
  variants: {
    dice: diceSchema as typeof diceSchema,
    jaccard: jaccardSchema as typeof jaccardSchema,
    tversky: tverskySchema as typeof tverskySchema,
    'f-beta': fBetaSchema as typeof fBetaSchema,
  },
} as const;

export const indexDocs: Docs<typeof indexSchema> = {
  doc: 'Which overlap is measured: the ratio before smoothing.',
  variants: { dice: diceDocs, jaccard: jaccardDocs, tversky: tverskyDocs, 'f-beta': fBetaDocs },
};

/** How intersection I and sums P, T are counted over the voxels. */
export const countingSchema = {
  type: 'tagged',
  default: 'product',
  variants: {
    product: productSchema as typeof productSchema,
    minimum: minimumSchema as typeof minimumSchema,
    power: powerCountingSchema as typeof powerCountingSchema,
    'squared-errors': squaredErrorsSchema as typeof squaredErrorsSchema,
    'noise-robust': noiseRobustSchema as typeof noiseRobustSchema,
  },
} as const;

export const countingDocs: Docs<typeof countingSchema> = {
  doc: 'How intersection I and sums P, T are counted over the voxels.',
  variants: {
    product: productDocs,
    minimum: minimumDocs,
    power: powerCountingDocs,
    'squared-errors': squaredErrorsDocs,
    'noise-robust': noiseRobustDocs,
  },
};

/** How a score s becomes a loss. */
export const transformSchema = {
  type: 'tagged',
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

export const transformDocs: Docs<typeof transformSchema> = {
  doc: 'How a score s becomes a loss.',
  variants: {
    complement: complementDocs,
    negative: negativeDocs,
    log: logDocs,
    'log-cosh': logCoshDocs,
    'power-complement': powerComplementDocs,
    penalty: penaltyDocs,
  },
};

/** The overlap of prediction and target, as a term of a loss. */
export const overlapSchema = {
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
  optional: { name: nameSchema as typeof nameSchema },
} as const;

export const overlapDocs: Docs<typeof overlapSchema> = {
  doc: 'The overlap of prediction and target.',
  fields: {
    weight: weightDocs,
    activation: activationDocs,
    classes: classesDocs,
    counting: countingDocs,
    index: indexDocs,
    per: perDocs,
    smoothing: smoothingDocs,
    absent: absentDocs,
    weights: weightsDocs,
    transform: transformDocs,
    transformed: transformedDocs,
    power: powerDocs,
    reduction: reductionDocs,
    name: nameDocs,
  },
};
