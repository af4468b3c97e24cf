import { swallowedBy } from '../../explain/overlap/warnings/smoothing.js';
import type { Plan, PlanTerm } from '../../plan/plan.js';
import { consequence } from '../consequence.js';
import type { Consequence, Found } from '../finding.js';
import type { LintRule } from '../rule.js';
import { bare, worthOf } from '../scene.js';

/** Smoothing that is large beside the smallest structure. */
export const smallStructures: LintRule = {
  number: 'L6',
  title: 'smoothing larger than small structures',
  find: ({ used, setting: { smallest } }) =>
    used.terms.flatMap((term): readonly Found[] => {
      if (term.kind !== 'overlap') return [];
      const finding = swallowedBy(used, term, smallest);
      if (finding === undefined) return [];
      return [
        {
          warning: 'W2',
          ...(used.terms.length > 1 ? { term: term.name } : {}),
          ...finding,
          consequence: measured(used, term, smallest ?? 10),
        },
      ];
    }),
};

/** A structure of that many voxels, of at most so many that are drawn. */
function measured(plan: Plan, term: PlanTerm, smallest: number): Consequence {
  const size = Math.min(Math.max(1, Math.round(smallest)), 1000);
  const own = bare(plan, term);
  const loss = (p: (voxel: number) => number): number =>
    worthOf(own, { spatial: [1, size + 4], target: (voxel) => Number(voxel < size), p }).loss;
  return consequence(`${size + 4} voxels, a structure of ${size} among them`, {
    'loss where the structure is missed': loss(() => 0),
    'loss where it is predicted right': loss((voxel) => Number(voxel < size)),
  });
}
