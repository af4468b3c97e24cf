import type { PlanTerm } from '@softdice/core';

/** The overlap of prediction and target, as a plan has it. */
export type OverlapTerm = Extract<PlanTerm, { readonly kind: 'overlap' }>;
