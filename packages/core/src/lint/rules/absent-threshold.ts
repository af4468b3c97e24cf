import type { Plan, PlanTerm } from '../../plan/plan.js';
import { consequence } from '../consequence.js';
import { type LintRule, ruleOf } from '../rule.js';
import { bare, worthOf } from '../scene.js';

/** Structures below the threshold of an absent class. */
export const absentThreshold: LintRule = ruleOf({
  number: 'L13',
  warning: 'W7',
  title: 'small structures counted as absent',
  // A structure of whole voxels has a mass of 1 at least.
  applies: ({ used }, term) => thresholdOf(term) >= 1 || fractions(used),
  measure: (plan, term) => {
    const size = Math.min(Math.max(1, Math.floor(thresholdOf(term))), 1000);
    const t = Math.min(1, thresholdOf(term));
    const { loss, slope } = worthOf(bare(plan, term), {
      spatial: [1, size + 4],
      target: (voxel) => (voxel < size ? t : 0),
      p: () => 0.5,
      mask: () => (fractions(plan) && plan.target.kind !== 'soft' ? t : 1),
    });
    return consequence(
      `${size + 4} voxels, a structure of ${size} among them, p = 0.5 everywhere`,
      {
        loss,
        'gradient of its p': slope(0),
      },
    );
  },
});

function thresholdOf(term: PlanTerm): number {
  return term.kind === 'overlap' && term.absent.kind !== 'keep' ? term.absent.threshold : 0;
}

/** Whether voxels can count less than 1. */
function fractions({ target, voxels }: Plan): boolean {
  return target.kind === 'soft' || voxels.kind === 'weights';
}
