import { consequence } from '../consequence.js';
import { type LintRule, ruleOf } from '../rule.js';
import { bare, worthOf } from '../scene.js';

/** Classes that share a score with the background. */
export const mergedAccuracy: LintRule = ruleOf({
  number: 'L27',
  warning: 'W28',
  title: 'merged classes score as an accuracy',
  measure: (plan, term) => {
    const missed = (per: 'image' | undefined): number =>
      worthOf(bare(plan, { ...term, ...(per === undefined ? {} : { per }) } as typeof term), {
        spatial: [10, 10],
        target: (voxel) => Number(voxel < 2),
        p: () => 0,
      }).loss;
    return consequence('100 voxels, 2 of them of a class that is missed', {
      'loss with the classes merged': missed(undefined),
      "loss per 'image'": missed('image'),
    });
  },
});
