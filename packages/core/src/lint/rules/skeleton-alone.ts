import { consequence } from '../consequence.js';
import { type LintRule, ruleOf } from '../rule.js';
import { bare, worthOf } from '../scene.js';

const columns = 9;
const rows = 7;
/** A horizontal bar of a half width around the middle row. */
const bar =
  (width: number) =>
  (voxel: number): number =>
    Number(Math.abs(Math.floor(voxel / columns) - (rows - 1) / 2) <= width);

/** clDice without a term that sees widths. */
export const skeletonAlone: LintRule = ruleOf({
  number: 'L19',
  warning: 'W15',
  title: 'clDice alone',
  measure: (plan, term) => {
    const loss = (width: number): number =>
      worthOf(bare(plan, term), { spatial: [rows, columns], target: bar(1), p: bar(width) }).loss;
    return consequence(`${rows} × ${columns} voxels with a tube 3 voxels wide`, {
      'loss where it is predicted 3 voxels wide': loss(1),
      'loss where it is predicted 1 voxel wide': loss(0),
    });
  },
});
