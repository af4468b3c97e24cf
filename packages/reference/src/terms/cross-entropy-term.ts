import type { PlanTerm } from '@softdice/core';

/** The cross-entropy of prediction and target, as a plan has it. */
export type CrossEntropyTerm = Extract<PlanTerm, { readonly kind: 'cross-entropy' }>;
