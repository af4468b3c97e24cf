import { type Plan, planOf } from '../plan/plan.js';
import { SpecError } from '../schema/problem.js';
import type { CompleteSpec } from '../spec/loss.js';
import type { Setting } from './setting.js';

/**
 * A loss together with what is known of network and targets: the softmax in which a network ends is
 * the loss's own, and targets are soft where the data are. A fact that does not fit is left out.
 */
export function usedPlan(plan: Plan, { network, target }: Setting): Plan {
  const ended = network === 'softmax' || network === 'sigmoid' ? endingIn(plan, network) : plan;
  if (target === undefined || target === 'exclusive') return ended;
  return fitting(ended, { ...ended, target: { kind: target } });
}

function endingIn(plan: Plan, activation: 'softmax' | 'sigmoid'): Plan {
  const terms = plan.terms.map((term) =>
    term.activation === 'none' ? ({ ...term, activation } as typeof term) : term,
  );
  return fitting(plan, { ...plan, terms });
}

function fitting(plan: Plan, changed: CompleteSpec): Plan {
  try {
    return planOf(changed);
  } catch (error) {
    if (error instanceof SpecError) return plan;
    throw error;
  }
}
