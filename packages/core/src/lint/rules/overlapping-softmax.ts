import type { Plan } from '../../plan/plan.js';
import { channelUse } from '../../spec/channel-use.js';
import { consequence } from '../consequence.js';
import { type LintRule, ruleOf } from '../rule.js';
import { bare, half, worthOf } from '../scene.js';

/** Softmax where a voxel can have several classes. */
export const overlappingSoftmax: LintRule = ruleOf({
  number: 'L14',
  warning: 'W8',
  title: 'softmax of overlapping classes',
  measure: (plan, term) => {
    const own = bare(planes(plan), term);
    const loss = (p: number): number =>
      worthOf(planesOf(own), { ...half, planes: () => 1, p: () => 1, emitted: () => p }).loss;
    return consequence('4 voxels that have both of two classes', {
      'loss where both share p, as softmax makes them': loss(0.5),
      'loss where both have p = 1, as sigmoid can': loss(1),
    });
  },
});

/** Targets with a plane per channel. */
function planes(plan: Plan): Plan {
  return { ...plan, target: { kind: 'multilabel' }, voxels: { kind: 'all' } };
}

/** Regions of labels as the channels that the network emits for them. */
function planesOf(plan: Plan): Plan {
  return {
    ...plan,
    terms: plan.terms.map((term) =>
      channelUse(term).classes.kind === 'regions' && 'classes' in term
        ? { ...term, classes: { kind: 'all' } }
        : term,
    ),
  };
}
