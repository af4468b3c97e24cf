import type { PlanTerm } from '@softdice/core';

/** The overlap of prediction and target with each other's skeleton, as a plan has it. */
export type CenterlineDiceTerm = Extract<PlanTerm, { readonly kind: 'centerline-dice' }>;
