import type { PlanTerm, PlanTermOf } from '../plan/plan.js';
import { centerlineDiceFacts } from './centerline-dice/centerline-dice.js';
import { crossEntropyFacts } from './cross-entropy/cross-entropy.js';
import type { TermFacts } from './facts/term-facts.js';
import { overlapFacts } from './overlap/overlap.js';
import { sensitivitySpecificityFacts } from './sensitivity-specificity/sensitivity-specificity.js';
import { wassersteinFacts } from './wasserstein/wasserstein.js';

const table: {
  readonly [K in PlanTerm['kind']]: TermFacts<PlanTermOf<K>>;
} = {
  overlap: overlapFacts,
  'cross-entropy': crossEntropyFacts,
  wasserstein: wassersteinFacts,
  'centerline-dice': centerlineDiceFacts,
  'sensitivity-specificity': sensitivitySpecificityFacts,
};

/** What any term knows about itself. */
export function factsOf(term: PlanTerm): TermFacts<PlanTerm> {
  return table[term.kind] as TermFacts<PlanTerm>;
}
