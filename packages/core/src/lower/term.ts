import type { Builder } from '../expression/builder.js';
import type { Node } from '../expression/node.js';
import type { Plan, PlanTerm, PlanTermOf } from '../plan/plan.js';
import { centerlineDice } from './centerline-dice.js';
import { crossEntropy } from './cross-entropy.js';
import { overlap } from './overlap.js';
import { sensitivitySpecificity } from './sensitivity-specificity.js';
import type { VoxelInputs } from './voxels.js';
import { wasserstein } from './wasserstein.js';

/** What the statistics of parts of the data add up over: tiles of samples, whole samples, nothing. */
export type Additive = 'voxels' | 'samples' | 'nothing';

/** What a term makes of its voxel sums. */
export interface TermHead {
  readonly loss: Node;
  readonly scores: Node;
  /** Weights of the classes, where the term has any. */
  readonly weights?: Node;
}

/** How a kind of term becomes expressions. */
export interface TermRule<K extends PlanTerm['kind']> {
  /**
   * Its voxel sums on the grid of samples and scored classes, by symbol.
   *
   * @param spatialRank - Number of spatial axes where voxels see their neighbours, else 0.
   */
  readonly statistics: (
    b: Builder,
    plan: Plan,
    term: PlanTermOf<K>,
    inputs: VoxelInputs,
    spatialRank: number,
  ) => Readonly<Record<string, Node>>;
  /** Its loss and scores from those sums. */
  readonly head: (b: Builder, term: PlanTermOf<K>, statistic: (symbol: string) => Node) => TermHead;
  /** Which parts of the data its statistics may be merged from. */
  readonly additive: (term: PlanTermOf<K>) => Additive;
}

const table: { readonly [K in PlanTerm['kind']]: TermRule<K> } = {
  overlap,
  'cross-entropy': crossEntropy,
  wasserstein,
  'centerline-dice': centerlineDice,
  'sensitivity-specificity': sensitivitySpecificity,
};

/** The rule of any term. */
export function termRule(term: PlanTerm): TermRule<PlanTerm['kind']> {
  return table[term.kind] as TermRule<PlanTerm['kind']>;
}
