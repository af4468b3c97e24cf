import type { PlanTerm } from '../../plan/plan.js';
import { consequence } from '../consequence.js';
import { type LintRule, ruleOf } from '../rule.js';
import { bare, worthOf } from '../scene.js';

/** Faint classes that count as absent. */
export const absentLevel: LintRule = ruleOf({
  number: 'L25',
  warning: 'W22',
  title: 'faint classes counted as absent',
  measure: (plan, term) => {
    const { slope } = worthOf(bare(plan, term), {
      spatial: [1, 4],
      target: () => levelOf(term),
      p: () => 0.5,
    });
    return consequence(`4 voxels, t = ${levelOf(term)} and p = 0.5 at each`, {
      'gradient of p': Math.abs(slope(0)),
    });
  },
});

function levelOf(term: PlanTerm): number {
  return term.kind === 'overlap' && term.absent.kind !== 'keep' ? term.absent.level : 0;
}
