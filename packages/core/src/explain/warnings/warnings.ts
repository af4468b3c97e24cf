import type { Plan, PlanTerm } from '../../plan/plan.js';
import { factsOf } from '../terms.js';
import { combinedRules } from './combined.js';
import { predictionRules } from './prediction.js';
import type { Warning, WarningRule } from './rule.js';

/** Warnings about terms of any kind. */
const everyTerm: readonly WarningRule<PlanTerm>[] = [...predictionRules, ...combinedRules];

/** Every warning about a loss, by number. */
export function warningsOf(plan: Plan): readonly Warning[] {
  const several = plan.terms.length > 1;
  const found = plan.terms.flatMap((term) =>
    [...everyTerm, ...factsOf(term).warnings].flatMap(({ number, find }): readonly Warning[] => {
      const finding = find(plan, term);
      if (finding === undefined) return [];
      return [{ number, ...(several ? { term: term.name } : {}), ...finding }];
    }),
  );
  return found.sort((a, b) => order(a) - order(b));
}

function order({ number }: Warning): number {
  return Number(number.slice(1));
}
