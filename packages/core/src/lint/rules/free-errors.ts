import type { PlanTerm } from '../../plan/plan.js';
import { consequence } from '../consequence.js';
import { type LintRule, ruleOf } from '../rule.js';
import { bare, half, worthOf } from '../scene.js';

/** A Tversky index of one kind of errors. */
export const freeErrors: LintRule = ruleOf({
  number: 'L29',
  warning: 'W30',
  title: 'one kind of error costs nothing',
  applies: ({ used }) => used.terms.length === 1,
  measure: (plan, term) => {
    const p = positivesAreFree(term) ? 1 : 0;
    return consequence('4 voxels, 2 of them of the class', {
      [`loss at p = ${p} everywhere`]: lossAt(p),
      [`loss at p = ${1 - p} everywhere`]: lossAt(1 - p),
    });

    function lossAt(everywhere: number): number {
      return worthOf(bare(plan, term), { ...half, p: () => 0, emitted: () => everywhere }).loss;
    }
  },
});

function positivesAreFree(term: PlanTerm): boolean {
  return term.kind === 'overlap' && term.index.kind === 'tversky' && term.index.alpha === 0;
}
