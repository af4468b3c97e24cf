import { consequence } from '../consequence.js';
import { type LintRule, ruleOf } from '../rule.js';
import { bare, worthOf } from '../scene.js';

/** Hardest voxels among voxels that do not count. */
export const hardestUncounted: LintRule = ruleOf({
  number: 'L20',
  warning: 'W16',
  title: 'hardest voxels among ignored ones',
  measure: (plan, term) => {
    const percent = term.kind === 'cross-entropy' ? term.hardest : 100;
    const voxels = Math.min(Math.ceil(200 / percent), 4000);
    const chosen = Math.max(2, Math.floor((voxels * percent) / 100));
    // Regions need labels, and weights as many classes as they are.
    const plain = { ...term, classes: { kind: 'all' }, weights: { kind: 'none' } } as typeof term;
    // The first half of those that count is predicted nearly right.
    const p = (voxel: number): number => (voxel < chosen / 2 ? 0.95 : 0.2);
    const slope = (ignored: boolean): number =>
      Math.abs(
        worthOf(
          bare({ ...plan, target: { kind: 'one-hot' }, voxels: { kind: 'weights' } }, plain),
          {
            spatial: [1, voxels],
            target: () => 1,
            p,
            mask: (voxel) => Number(!ignored || voxel < chosen),
          },
        ).slope(0),
      );
    return consequence(`${voxels} voxels, p = 0.2 for their class but for the easy ones, 0.95`, {
      'gradient of an easy voxel where all count': slope(false),
      [`gradient of an easy voxel where ${chosen} count`]: slope(true),
    });
  },
});
