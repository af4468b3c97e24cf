import { consequence } from '../consequence.js';
import { type LintRule, ruleOf } from '../rule.js';
import { alone, half, worthOf } from '../scene.js';

/** A cross-entropy that voxels of the background do not have. */
export const backgroundLeftOut: LintRule = ruleOf({
  number: 'L9',
  warning: 'W27',
  title: 'background left out of a cross-entropy',
  measure: (plan, term) =>
    consequence('4 voxels, 2 of them of the class, 2 of the background', {
      'loss where the class is predicted everywhere': worthOf(alone(plan, term), {
        ...half,
        p: () => 1,
      }).loss,
    }),
});
