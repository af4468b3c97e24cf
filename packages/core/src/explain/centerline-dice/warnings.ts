import type { PlanTermOf } from '../../plan/plan.js';
import type { Finding, WarningRule } from '../warnings/rule.js';

const alone: Finding = {
  severity: 'high',
  reason:
    'clDice alone does not tell a map from others with its skeleton inside the target: widths are not trained, and where p equals its opening there is no gradient.',
  fix: 'add an overlap term, as diceClDice does',
};

/** Warnings about skeletons. */
export const skeletonRules: readonly WarningRule<PlanTermOf<'centerline-dice'>>[] = [
  {
    number: 'W15',
    find: ({ terms }) =>
      terms.every(({ kind }) => kind === 'centerline-dice') ? alone : undefined,
  },
];
