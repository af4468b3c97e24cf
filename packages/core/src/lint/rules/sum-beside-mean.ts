import type { PlanTerm } from '../../plan/plan.js';
import { consequence } from '../consequence.js';
import { type LintRule, ruleOf } from '../rule.js';
import { alone, half, worthOf } from '../scene.js';

/** A term that grows with the batch beside one that does not. */
export const sumBesideMean: LintRule = ruleOf({
  number: 'L28',
  warning: 'W29',
  title: 'sum beside a mean',
  measure: (plan, term) => {
    const other = plan.terms.find(
      (one) => one.reduction !== 'sum' && !('average' in one && one.average === 'nothing'),
    );
    const loss = (one: PlanTerm, samples: number): number =>
      worthOf(alone(plan, one), { ...half, samples, p: (voxel) => (voxel < 2 ? 0.7 : 0.4) }).loss;
    return consequence('samples of 4 voxels, 2 of them of the class, p = 0.7 and 0.4', {
      [`loss of ${term.name} for 1 sample`]: loss(term, 1),
      [`loss of ${term.name} for 2 samples`]: loss(term, 2),
      ...(other === undefined
        ? {}
        : {
            [`loss of ${other.name} for 1 sample`]: loss(other, 1),
            [`loss of ${other.name} for 2 samples`]: loss(other, 2),
          }),
    });
  },
});
