import type { Plan, PlanTerm } from '../../plan/plan.js';
import { consequence } from '../consequence.js';
import { type LintRule, ruleOf } from '../rule.js';
import { alone, half, worthOf } from '../scene.js';

/** Voxels that are wholly wrong and stay so. */
export const clippedGradient: LintRule = ruleOf({
  number: 'L24',
  warning: 'W21',
  title: 'no gradient where p is clipped',
  measure: (plan, term) => {
    const steepest = (own: Plan): number =>
      worthOf(own, { ...half, p: (voxel) => 1 - half.target(voxel), emits: (p) => 80 * p - 40 })
        .steepest;
    return consequence('4 voxels, all wholly wrong by logits 40 and -40', {
      'largest gradient': steepest(alone(plan, term)),
      'largest gradient of a plain cross-entropy': steepest(alone(plan, plain(term))),
    });
  },
});

/** Without what is allowed of a clipped p alone. */
function plain(term: PlanTerm): PlanTerm {
  return term.kind === 'cross-entropy'
    ? { ...term, logarithm: { kind: 'floored' }, focus: 0, exponent: 1 }
    : term;
}
