import type { PlanTermOf } from '../../plan/plan.js';
import type { WarningRule } from '../warnings/rule.js';

/** Warnings about distances. */
export const distanceRules: readonly WarningRule<PlanTermOf<'wasserstein'>>[] = [
  {
    number: 'W17',
    find: (_, { distances }) => {
      const pairs = distances.flatMap((row, of) =>
        row.flatMap((distance, to) => (distance === 0 && of !== to ? [`${of} as ${to}`] : [])),
      );
      return pairs.length === 0
        ? undefined
        : {
            severity: 'high',
            reason: `Nothing is lost by predicting class ${pairs.join(', ')}: their distance is 0.`,
            fix: 'give different classes a distance above 0',
          };
    },
  },
];
