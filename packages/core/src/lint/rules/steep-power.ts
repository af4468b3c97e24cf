import { consequence } from '../consequence.js';
import { type LintRule, ruleOf } from '../rule.js';
import { bare, half, worthOf } from '../scene.js';

/** A power below 1 of a loss. */
export const steepPower: LintRule = ruleOf({
  number: 'L12',
  warning: 'W6',
  title: 'power below 1',
  measure: (plan, term) => {
    const steepest = (error: number): number =>
      worthOf(bare(plan, term), { ...half, p: (voxel) => Math.abs(half.target(voxel) - error) })
        .steepest;
    return consequence('4 voxels, 2 of them of the class', {
      'largest gradient where every p is off by 0.5': steepest(0.5),
      'largest gradient where every p is off by 1e-6': steepest(1e-6),
    });
  },
});
