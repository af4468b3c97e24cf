import { consequence } from '../consequence.js';
import { type LintRule, ruleOf } from '../rule.js';
import { bare, half, worthOf } from '../scene.js';

/** False positives that grow while scores are low. */
export const raisedOutside: LintRule = ruleOf({
  number: 'L22',
  warning: 'W18',
  title: 'small false positives grow',
  measure: (plan, term) => {
    const { slope } = worthOf(bare(plan, term), { ...half, p: () => 0.1 });
    return consequence('4 voxels, 2 of them of the class, p = 0.1 everywhere', {
      'gradient of p outside, below 0 where training raises it': slope(3),
    });
  },
});
