import { consequence } from '../consequence.js';
import { type LintRule, ruleOf } from '../rule.js';
import { alone, half, worthOf } from '../scene.js';

/** Channel indices for the only channel. */
export const labelsOfOneChannel: LintRule = ruleOf({
  number: 'L11',
  warning: 'W4',
  title: 'labels of one channel',
  applies: ({ setting }) => setting.channels === 1,
  measure: (plan, term) => {
    const loss = (p: (voxel: number) => number): number =>
      worthOf(alone(plan, term), { ...half, channels: 1, p }).loss;
    return consequence('4 voxels, 2 of them of label 1, one channel', {
      'loss where the channel marks label 1': loss((voxel) => 1 - half.target(voxel)),
      'loss where it marks label 0': loss(half.target),
    });
  },
});
