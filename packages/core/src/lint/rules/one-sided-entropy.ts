import { consequence } from '../consequence.js';
import { type LintRule, ruleOf } from '../rule.js';
import { bare, half, worthOf } from '../scene.js';

/** A cross-entropy of one of the two outcomes. */
export const oneSidedEntropy: LintRule = ruleOf({
  number: 'L23',
  warning: 'W20',
  title: 'cross-entropy of one outcome',
  applies: ({ used }) => used.terms.length === 1,
  measure: (plan, term) => {
    const loss = (p: number): number =>
      worthOf(bare(plan, term), { ...half, p: () => 0, emitted: () => p }).loss;
    return consequence('4 voxels, 2 of them of the class', {
      'loss at p = 0 everywhere': loss(0),
      'loss at p = 1 everywhere': loss(1),
    });
  },
});
