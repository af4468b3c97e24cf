import type { Plan, PlanTermOf } from '../../plan/plan.js';
import { type Minimiser, perfect } from '../facts/term-facts.js';
import { largestScore } from './score.js';

/** Describes where a Wasserstein Dice is least. */
export function minimiser(plan: Plan, term: PlanTermOf<'wasserstein'>): Minimiser {
  if (term.weight < 0) {
    const text = 'not p = t: the weight is negative, so that errors lower the loss';
    return { hard: text, soft: text };
  }
  // d s / d D = -(2 a (1 - s) + s) / N or -a (2 - s) / N, which scores of 2 and more turn round.
  if (largestScore(term) >= 2) {
    const text = 'not p = t for every target: with so large a numerator n a score can be above 2';
    return { hard: text, soft: text };
  }
  const nearest = 'all of p goes to the class that is nearest to the target on average';
  const several = `not p = t where the target has several classes: ${nearest}`;
  return {
    hard: plan.target.kind === 'multilabel' ? several : perfect,
    soft: `not p = t: the loss is a function of sums linear in p, so that ${nearest}`,
  };
}
