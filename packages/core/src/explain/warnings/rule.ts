import type { Plan } from '../../plan/plan.js';

/** Something that trains badly or silently wrong, where its stated condition holds. */
export interface Warning {
  /** Never changes its meaning. */
  readonly number: string;
  /** The term, where several could be meant. */
  readonly term?: string;
  /** What is at stake: `high` a training that goes wrong, `low` one that goes slower or surprises. */
  readonly severity: 'high' | 'low';
  readonly reason: string;
  readonly fix: string;
}

/** What a rule found in a term. */
export type Finding = Pick<Warning, 'severity' | 'reason' | 'fix'>;

/** A numbered warning. */
export interface WarningRule<Term> {
  readonly number: string;
  readonly find: (plan: Plan, term: Term) => Finding | undefined;
}
