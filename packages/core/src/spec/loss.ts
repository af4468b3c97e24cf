import type { Docs } from '../schema/docs.js';
import type { Complete, Input } from '../schema/schema.js';
import { centerlineDiceDocs, centerlineDiceSchema } from './centerline-dice.js';
import { crossEntropyDocs, crossEntropySchema } from './cross-entropy.js';
import { overlapDocs, overlapSchema } from './overlap.js';
import {
  sensitivitySpecificityDocs,
  sensitivitySpecificitySchema,
} from './sensitivity-specificity.js';
import {
  rescaleDocs,
  rescaleSchema,
  targetDocs,
  targetSchema,
  voxelsDocs,
  voxelsSchema,
} from './target.js';
import { wassersteinDocs, wassersteinSchema } from './wasserstein.js';

/** One term of a loss. */
export const termSchema = {
  type: 'tagged',
  variants: {
    overlap: overlapSchema as typeof overlapSchema,
    'cross-entropy': crossEntropySchema as typeof crossEntropySchema,
    wasserstein: wassersteinSchema as typeof wassersteinSchema,
    'centerline-dice': centerlineDiceSchema as typeof centerlineDiceSchema,
    'sensitivity-specificity': sensitivitySpecificitySchema as typeof sensitivitySpecificitySchema,
  },
} as const;

export const termDocs: Docs<typeof termSchema> = {
  doc: 'One term of the loss.',
  variants: {
    overlap: overlapDocs,
    'cross-entropy': crossEntropyDocs,
    wasserstein: wassersteinDocs,
    'centerline-dice': centerlineDiceDocs,
    'sensitivity-specificity': sensitivitySpecificityDocs,
  },
};

/** A loss: target and voxels, which all terms share, and a weighted sum of terms. */
export const lossSchema = {
  type: 'record',
  fields: {
    format: { type: 'integer', minimum: 1, maximum: 1, default: 1 },
    target: targetSchema as typeof targetSchema,
    rescale: rescaleSchema as typeof rescaleSchema,
    voxels: voxelsSchema as typeof voxelsSchema,
    terms: { type: 'list', items: termSchema as typeof termSchema },
  },
} as const;

/** What {@link lossSchema} means. */
export const lossDocs: Docs<typeof lossSchema> = {
  doc: 'A loss: target and voxels, which all terms share, and a weighted sum of terms.',
  fields: {
    format: 'Version of this format.',
    target: targetDocs,
    rescale: rescaleDocs,
    voxels: voxelsDocs,
    terms: { doc: 'The terms; the loss is their weighted sum.', items: termDocs },
  },
};

/** What the user wrote: a loss as JSON, defaults left out where wanted. */
export type LossSpec = Input<typeof lossSchema>;

/** A term as written. */
export type TermSpec = Exclude<LossSpec['terms'][number], string>;

/** A loss with every default explicit; itself a {@link LossSpec}. */
export type CompleteSpec = Complete<typeof lossSchema>;

/** A term with every default explicit. */
export type CompleteTerm = CompleteSpec['terms'][number];

/** A complete term of one kind. */
export type TermOf<K extends CompleteTerm['kind']> = Extract<CompleteTerm, { readonly kind: K }>;
