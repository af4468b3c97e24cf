import type { Plan } from '../../plan/plan.js';
import { factsOf } from '../terms.js';
import type { Warning } from './rule.js';

/** Every warning about a loss, by number. */
export function warningsOf(plan: Plan): readonly Warning[] {
  const several = plan.terms.length > 1;
  const found = plan.terms.flatMap((term) =>
    factsOf(term).warnings.flatMap(({ number, find }): readonly Warning[] => {
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
