import type { Plan, PlanTermOf } from '../../plan/plan.js';
import type { Finding, WarningRule } from '../warnings/rule.js';

type CrossEntropyTerm = PlanTermOf<'cross-entropy'>;

/** Whether voxels can weigh other than 1. */
function hasVoxelWeights({ voxels, target }: Plan): boolean {
  return voxels.kind !== 'all' || ('ignore' in target && target.ignore !== undefined);
}

const uncounted: Finding = {
  severity: 'low',
  reason:
    'The hardest voxels are a share of all voxels, those included that do not count: where few count, all of those are selected.',
  fix: 'leave voxels out by cropping the inputs, or lower the percentage by the share that counts',
};

/** Warnings about the hardest voxels alone. */
export const hardestRules: readonly WarningRule<CrossEntropyTerm>[] = [
  {
    number: 'W16',
    find: (plan, { hardest }) => (hardest < 100 && hasVoxelWeights(plan) ? uncounted : undefined),
  },
];
