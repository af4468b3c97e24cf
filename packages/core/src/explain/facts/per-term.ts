import type { Plan, PlanTerm } from '../../plan/plan.js';

/** A text about the only term, or one line per term, each after its name. */
export function perTerm(plan: Plan, about: (term: PlanTerm) => string): string {
  const texts = plan.terms.map((term) => ({ name: term.name, text: about(term) }));
  const [first] = texts;
  if (first !== undefined && texts.every(({ text }) => text === first.text)) return first.text;
  return texts.map(({ name, text }) => `${name}: ${text}`).join('\n');
}
