import { consequence } from '../consequence.js';
import { type LintRule, ruleOf } from '../rule.js';
import { bare, half, worthOf } from '../scene.js';

/** A term whose weight is negative. */
export const negativeWeight: LintRule = ruleOf({
  number: 'L17',
  warning: 'W11',
  title: 'negative weight of a term',
  measure: (plan, term) => {
    const loss = (p: (voxel: number) => number): number =>
      worthOf(bare(plan, term), { ...half, p }).loss;
    return consequence('4 voxels, 2 of them of the class; weight -1', {
      'loss where all is predicted right': loss(half.target),
      'loss where all is predicted wrong': loss((voxel) => 1 - half.target(voxel)),
    });
  },
});
