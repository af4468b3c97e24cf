import type { Complete } from '../schema/schema.js';
import type { classesSchema } from './classes.js';
import type { CompleteTerm, TermOf } from './loss.js';

/** Which classes are scored, every default explicit. */
export type Classes = Complete<typeof classesSchema>;

/** What a term makes of the channels of the network: all that rules for every kind need to know. */
export interface ChannelUse {
  readonly classes: Classes;
  /** Number of class weights, where they are given: one per scored class. */
  readonly weights?: number;
  /** Number of channels, where the term has something for each. */
  readonly channels?: number;
  /** Whether voxels see their neighbours, so that the number of spatial axes matters. */
  readonly neighbours?: true;
}

const table: { readonly [K in CompleteTerm['kind']]: (term: TermOf<K>) => ChannelUse } = {
  overlap: weighted,
  'cross-entropy': weighted,
  wasserstein: ({ distances }) => ({ classes: { kind: 'all' }, channels: distances.length }),
  'centerline-dice': ({ classes }) => ({ classes, neighbours: true }),
  'sensitivity-specificity': ({ classes }) => ({ classes }),
};

/** What a term of any kind makes of the channels. */
export function channelUse(term: CompleteTerm): ChannelUse {
  return (table[term.kind] as (term: CompleteTerm) => ChannelUse)(term);
}

function weighted({ classes, weights }: TermOf<'overlap' | 'cross-entropy'>): ChannelUse {
  return { classes, ...(weights.kind === 'given' ? { weights: weights.values.length } : {}) };
}
