import type { PlanTerm } from '../../plan/plan.js';

export type OverlapTerm = Extract<PlanTerm, { readonly kind: 'overlap' }>;
export type Index = OverlapTerm['index'];

/**
 * An index as the ratio `(a I + n) / max(A P + B T + C I + d, f)`, where `a = A + B + C`: the score
 * is 1 where I = P = T and n = d.
 */
export interface Shape {
  /** a. */
  readonly gain: number;
  /** A. */
  readonly predicted: number;
  /** B. */
  readonly targeted: number;
  /** C. */
  readonly shared: number;
}

const shapes: {
  readonly [K in Index['kind']]: (index: Extract<Index, { readonly kind: K }>) => Shape;
} = {
  dice: () => ({ gain: 2, predicted: 1, targeted: 1, shared: 0 }),
  jaccard: () => ({ gain: 1, predicted: 1, targeted: 1, shared: -1 }),
  tversky: ({ alpha, beta }) => ({
    gain: 1,
    predicted: alpha,
    targeted: beta,
    shared: tidy(1 - alpha - beta),
  }),
  'f-beta': ({ beta }) => ({
    gain: 1 + beta * beta,
    predicted: 1,
    targeted: beta * beta,
    shared: 0,
  }),
};

/** The coefficients of an index. */
export function shapeOf(index: Index): Shape {
  return (shapes[index.kind] as (index: Index) => Shape)(index);
}

/** Without the last digits that decimal fractions leave in sums: 0.3, not 0.30000000000000004. */
export function tidy(value: number): number {
  return Number(value.toFixed(12));
}
