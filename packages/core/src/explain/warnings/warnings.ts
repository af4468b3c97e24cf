import type { Plan } from '../../plan/plan.js';
import { countingRules } from './counting.js';
import { headRules } from './head.js';
import { predictionRules } from './prediction.js';
import type { Warning, WarningRule } from './rule.js';
import { smoothingRules } from './smoothing.js';

const order = (number: string): number => Number(number.slice(1));

const rules: readonly WarningRule[] = [
  ...predictionRules,
  ...smoothingRules,
  ...countingRules,
  ...headRules,
].sort((a, b) => order(a.number) - order(b.number));

/** Every warning about a loss, by number. */
export function warningsOf(plan: Plan): readonly Warning[] {
  const several = plan.terms.length > 1;
  return rules.flatMap(({ number, find }) =>
    plan.terms.flatMap((term): readonly Warning[] => {
      const finding = find(plan, term);
      if (finding === undefined) return [];
      return [{ number, ...(several ? { term: term.name } : {}), ...finding }];
    }),
  );
}
