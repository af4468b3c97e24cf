import type { Plan, PlanTerm } from '../../plan/plan.js';
import { consequence } from '../consequence.js';
import { type LintRule, ruleOf } from '../rule.js';
import { alone, half, inverse, worthOf } from '../scene.js';

/** Softmax in one term, sigmoid or none in another. */
export const mixedActivations: LintRule = ruleOf({
  number: 'L4',
  warning: 'W25',
  title: 'terms with different activations',
  measure: (plan, term) => {
    const other = plan.terms.find(
      ({ activation }) => activation !== term.activation && activation !== 'none',
    );
    const losses = (one: PlanTerm, of: string): Readonly<Record<string, number>> => ({
      [`loss of ${of}`]: lossAt(plan, one, 0),
      [`loss of ${of} with 3 added to every logit`]: lossAt(plan, one, 3),
    });
    return consequence('4 voxels, 2 of them of the class; p = 0.9 for the true class by softmax', {
      ...losses(term, term.name),
      ...(other === undefined ? {} : losses(other, other.name)),
    });
  },
});

/** The loss of a term whose logits are those of a softmax, moved. */
function lossAt(plan: Plan, term: PlanTerm, added: number): number {
  return worthOf(alone(plan, term), {
    ...half,
    p: (voxel) => (voxel < 2 ? 0.9 : 0.1),
    emits: (p) => inverse('softmax')(p) + added,
  }).loss;
}
