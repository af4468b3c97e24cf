import { type Plan, planOf } from '../plan/plan.js';
import { SpecError } from '../schema/problem.js';
import type { CompleteSpec } from '../spec/loss.js';
import type { Setting } from './setting.js';

/** A loss without terms of weight 0 beside others, which say nothing. */
export function countedPlan(plan: Plan): Plan {
  const terms = plan.terms.filter(({ weight }) => weight !== 0);
  return terms.length === 0 || terms.length === plan.terms.length ? plan : { ...plan, terms };
}

/**
 * A loss together with what is known of network and targets: the softmax in which a network ends is
 * the loss's own, and targets are soft where the data are. A fact that does not fit is left out.
 */
export function usedPlan(plan: Plan, { network, target }: Setting): Plan {
  const ended = network === 'softmax' || network === 'sigmoid' ? endingIn(plan, network) : plan;
  if (target === undefined) return ended;
  if (target !== 'exclusive') return fitting(ended, { ...ended, target: { kind: target } });
  // Planes of one class per voxel are no planes of several.
  return ended.target.kind === 'multilabel'
    ? fitting(ended, { ...ended, target: { kind: 'one-hot' } })
    : ended;
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
