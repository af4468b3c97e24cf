import type { PlanTerm } from '@softdice/core';
import type { PredictionSizes } from '../activations/activation.js';
import type { VoxelData } from '../inputs/voxel-data.js';
import type { Variant } from '../rules.js';
import type { Float64Tensor } from '../tensor.js';
import { centerlineDice } from './centerline-dice.js';
import { crossEntropy } from './cross-entropy.js';
import { overlap } from './overlap.js';
import { sensitivitySpecificity } from './sensitivity-specificity.js';
import { wasserstein } from './wasserstein.js';

/** What a term is worth, before its weight. */
export interface TermValue {
  readonly loss: Float64Tensor;
  /** The plain index or other score of each cell of the term's grid. */
  readonly scores: Float64Tensor;
  readonly statistics: Readonly<Record<string, Float64Tensor>>;
  /** Derivative of `Σ cotangent · loss` by the prediction. */
  readonly pullback: (cotangent: ArrayLike<number>) => Float64Array;
}

/** How a kind of term is evaluated. */
export interface TermRule<T> {
  readonly lossShape: (term: T, sizes: PredictionSizes) => readonly number[];
  readonly evaluate: (term: T, data: VoxelData) => TermValue;
}

/** Every kind of term; typed by core's, so that a kind without a rule does not compile. */
const termRules: { readonly [K in PlanTerm['kind']]: TermRule<Variant<PlanTerm, K>> } = {
  overlap,
  'cross-entropy': crossEntropy,
  wasserstein,
  'centerline-dice': centerlineDice,
  'sensitivity-specificity': sensitivitySpecificity,
};

/** The rule of a term's kind. */
export function termRule<K extends PlanTerm['kind']>(
  term: Variant<PlanTerm, K>,
): TermRule<Variant<PlanTerm, K>> {
  return termRules[term.kind];
}
