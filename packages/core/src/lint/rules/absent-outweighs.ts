import { consequence } from '../consequence.js';
import { type LintRule, ruleOf } from '../rule.js';
import { bare, half, worthOf } from '../scene.js';

/** An absent class that weighs more than all others. */
export const absentOutweighs: LintRule = ruleOf({
  number: 'L18',
  warning: 'W12',
  title: 'absent class outweighs the others',
  applies: ({ setting }) => setting.absent !== 'never',
  measure: (plan, term) => {
    const own = bare(plan, term);
    const even = { ...half, p: () => 0.5 };
    return consequence('4 voxels, p = 0.5 for two classes', {
      'largest gradient where both classes are there': worthOf(own, even).steepest,
      'largest gradient where one is absent': worthOf(own, { ...even, target: () => 0 }).steepest,
    });
  },
});
