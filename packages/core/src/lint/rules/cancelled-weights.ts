import type { PlanTerm } from '../../plan/plan.js';
import { consequence } from '../consequence.js';
import { type LintRule, ruleOf } from '../rule.js';
import { bare, half, worthOf } from '../scene.js';

/** Weights of classes that change nothing. */
export const cancelledWeights: LintRule = ruleOf({
  number: 'L7',
  warning: 'W26',
  title: 'class weights that cancel',
  measure: (plan, term) => {
    const loss = (by: (value: number) => number): number =>
      worthOf(bare(plan, weighted(term, by)), {
        ...half,
        p: (voxel) => (voxel < 2 ? 0.7 : 0.4),
      }).loss;
    return consequence('4 voxels, 2 of them of the class; p = 0.7 there and 0.4 elsewhere', {
      'loss with the weights': loss((value) => value),
      'loss with the weight of the last class 10 times as large': loss((value) => 10 * value),
    });
  },
});

/** The weight of the last class changed: those given, or all where they are equal by intention. */
function weighted(term: PlanTerm, by: (value: number) => number): PlanTerm {
  if (!('weights' in term) || term.weights.kind !== 'given') return term;
  const { values } = term.weights;
  const equal = new Set(values).size === 1;
  const changed = values.map((value, at) =>
    equal || at === values.length - 1 ? Math.min(by(value), 1e4) : value,
  );
  return { ...term, weights: { ...term.weights, values: changed } } as PlanTerm;
}
