import { consequence } from '../consequence.js';
import { type LintRule, ruleOf } from '../rule.js';
import { bare, half, worthOf } from '../scene.js';

/** Errors on one side of the target alone. */
export const oneSidedRatio: LintRule = ruleOf({
  number: 'L26',
  warning: 'W24',
  title: 'errors of one side cost nothing',
  applies: ({ used }) => used.terms.length === 1,
  measure: (plan, term) => {
    const p = term.kind === 'sensitivity-specificity' ? term.sensitivityRatio : 0;
    return consequence('4 voxels, 2 of them of the class', {
      [`loss at p = ${p} everywhere`]: worthOf(bare(plan, term), {
        ...half,
        p: () => 0,
        emitted: () => p,
      }).loss,
    });
  },
});
