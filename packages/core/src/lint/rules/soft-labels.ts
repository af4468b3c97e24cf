import { consequence } from '../consequence.js';
import { type LintRule, ruleOf } from '../rule.js';
import { bare, worthOf } from '../scene.js';

/** Soft labels counted by a product. */
export const softLabels: LintRule = ruleOf({
  number: 'L10',
  warning: 'W5',
  title: 'soft labels with product counting',
  measure: (plan, term) => {
    const soft = plan.target.kind === 'soft';
    const { scale, offset } = plan.rescale;
    const t = (voxel: number): number => (soft ? 0.6 : Number(voxel < 2));
    const loss = (p: (voxel: number) => number): number =>
      worthOf(bare(plan, term), { spatial: [1, 4], target: t, p }).loss;
    const example = soft
      ? '4 voxels, t = 0.6 at each'
      : `4 voxels, 2 of them of the class, t rescaled to ${scale + offset} and ${offset}`;
    return consequence(example, {
      'loss at p = t': loss((voxel) => scale * t(voxel) + offset),
      'loss at p = 0 or 1, the nearest': loss((voxel) => Math.round(t(voxel))),
    });
  },
});
