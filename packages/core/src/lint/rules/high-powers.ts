import { consequence } from '../consequence.js';
import { type LintRule, ruleOf } from '../rule.js';
import { bare, half, worthOf } from '../scene.js';

const steps: readonly number[] = Array.from({ length: 21 }, (_, at) => at / 20);

/** Powers in the sums that are least below p = 1. */
export const highPowers: LintRule = ruleOf({
  number: 'L15',
  warning: 'W9',
  title: 'loss least below p = 1',
  measure: (plan, term) => {
    const loss = (inside: number): number =>
      worthOf(bare(plan, term), { ...half, p: (voxel) => inside * half.target(voxel) }).loss;
    const losses = steps.map((p) => ({ p, loss: loss(p) }));
    const best = losses.reduce((least, one) => (one.loss < least.loss ? one : least));
    return consequence('4 voxels, 2 of them of the class, p = 0 outside; of p = 0, 0.05, …, 1', {
      'p of the least loss': best.p,
      'loss there': best.loss,
      'loss at p = 1': loss(1),
    });
  },
});
