import { measuredOf } from '../../explain/facts/measured.js';
import { consequence } from '../consequence.js';
import { type LintRule, ruleOf } from '../rule.js';
import { bare, worthOf } from '../scene.js';

/** More smoothing in the numerator than in the denominator. */
export const scoreAboveOne: LintRule = ruleOf({
  number: 'L16',
  warning: 'W10',
  title: 'score above 1 of an absent class',
  applies: ({ setting }) => setting.absent !== 'never',
  measure: (plan, term) => {
    const own = bare(plan, term);
    const mixed = (voxel: number): number => voxel % 2;
    return consequence('64 voxels of two classes, or 4 voxels of one alone, all predicted right', {
      'loss where both classes are there': worthOf(own, {
        spatial: [8, 8],
        target: mixed,
        p: mixed,
      }).loss,
      'loss where one is absent': measuredOf(own).absent.predictedEmpty.loss,
    });
  },
});
