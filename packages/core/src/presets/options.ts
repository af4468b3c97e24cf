import type { LossSpec, TermSpec } from '../spec/loss.js';

type Term = Extract<TermSpec, { readonly kind: 'overlap' }>;

/** Everything that a preset leaves open: target, voxels, and the choices of its term. */
export type OverlapOptions = Omit<LossSpec, 'terms' | 'format'> & Omit<Term, 'kind' | 'index'>;

/** A loss of one overlap term. */
export function overlapLoss(options: OverlapOptions, chosen: Partial<Term>): LossSpec {
  const { target, voxels, rescale, ...term } = options;
  return {
    ...(target === undefined ? {} : { target }),
    ...(voxels === undefined ? {} : { voxels }),
    ...(rescale === undefined ? {} : { rescale }),
    terms: [{ ...chosen, ...term, kind: 'overlap' }],
  };
}
