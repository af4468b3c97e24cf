import type { PlanTermOf } from '../../plan/plan.js';
import type { WarningRule } from '../warnings/rule.js';

/** Warnings about the share of the errors inside. */
export const ratioRules: readonly WarningRule<PlanTermOf<'sensitivity-specificity'>>[] = [
  {
    number: 'W24',
    find: (_, { sensitivityRatio }) =>
      sensitivityRatio === 0 || sensitivityRatio === 1
        ? {
            severity: 'high',
            reason: `Errors where t is ${1 - sensitivityRatio} cost nothing: p = ${sensitivityRatio} everywhere is as good as p = t for targets of 0 and 1.`,
            fix: 'give a sensitivityRatio between 0 and 1, or use it beside a term that counts them',
          }
        : undefined,
  },
];
