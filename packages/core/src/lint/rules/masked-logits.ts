import { consequence } from '../consequence.js';
import { type LintRule, ruleOf } from '../rule.js';
import { alone, worthOf } from '../scene.js';

/** A mask that multiplies what the network emits. */
export const maskedLogits: LintRule = ruleOf({
  number: 'L8',
  warning: 'W19',
  title: 'mask applied to logits',
  measure: (plan, term) => {
    const own = alone(plan, term);
    const loss = (voxels: 'masked-inputs' | 'mask'): number =>
      worthOf(
        { ...own, voxels: { kind: voxels } },
        {
          spatial: [1, 8],
          target: (voxel) => Number(voxel < 2),
          p: (voxel) => Number(voxel < 2),
          mask: (voxel) => Number(voxel < 4),
        },
      ).loss;
    return consequence('8 voxels, 4 of them masked, the others predicted right', {
      'loss with the inputs masked': loss('masked-inputs'),
      'loss with the masked voxels left out': loss('mask'),
    });
  },
});
