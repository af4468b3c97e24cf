import { measuredOf } from '../../explain/facts/measured.js';
import type { Plan } from '../../plan/plan.js';
import { consequence } from '../consequence.js';
import { type LintRule, ruleOf } from '../rule.js';
import { bare } from '../scene.js';

/** No smoothing in the numerator where a class can be absent. */
export const absentWithoutSmoothing: LintRule = ruleOf({
  number: 'L5',
  warning: 'W3',
  title: 'numerator smoothing 0 with absent classes',
  applies: ({ setting }) => setting.absent !== 'never',
  measure: (plan, term) => {
    const own = bare(plan, term);
    const { absent } = measuredOf(own);
    return consequence(absent.example, {
      'loss where the absent class is predicted nowhere': absent.predictedEmpty.loss,
      'loss where it is predicted with p = 0.5 everywhere': absent.predictedHalf.loss,
      'largest gradient of its p there': absent.predictedHalf.gradient,
      'the same with n = d': measuredOf(smoothed(own)).absent.predictedHalf.gradient,
    });
  },
});

function smoothed(plan: Plan): Plan {
  return {
    ...plan,
    terms: plan.terms.map((term) => {
      if (term.kind !== 'overlap') return term;
      const { denominator, floor } = term.smoothing;
      const least = Math.max(denominator, floor);
      return { ...term, smoothing: { numerator: least, denominator: least, floor: 0 } };
    }),
  };
}
