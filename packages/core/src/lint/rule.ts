import type { Warning } from '../explain/warnings/rule.js';
import type { Plan, PlanTerm } from '../plan/plan.js';
import type { Consequence, Found } from './finding.js';
import type { Setting } from './setting.js';

/** A loss as rules see it. */
export interface Subject {
  /** The loss as written. */
  readonly plan: Plan;
  /** The loss together with what is known of network and targets. */
  readonly used: Plan;
  /** What explain warns of in the loss as used. */
  readonly warnings: readonly Warning[];
  readonly setting: Setting;
  /** Whether the loss is of a library whose networks usually end in logits, or in probabilities. */
  readonly custom?: 'logits' | 'probabilities';
}

/** A numbered rule. */
export interface LintRule {
  readonly number: string;
  readonly title: string;
  readonly find: (subject: Subject) => readonly Found[];
}

/** How a warning of explain is measured, and where the setting settles it. */
export interface MeasuredWarning {
  readonly number: string;
  readonly warning: string;
  readonly title: string;
  /** False where what is known rules it out. */
  readonly applies?: (subject: Subject, term: PlanTerm) => boolean;
  readonly measure: (plan: Plan, term: PlanTerm, subject: Subject) => Consequence;
}

/** The rule of a warning: reason and fix are those of explain, measured here. */
export function ruleOf(measured: MeasuredWarning): LintRule {
  const { number, warning, title, applies = () => true, measure } = measured;
  return {
    number,
    title,
    find: (subject) =>
      subject.warnings
        .filter((one) => one.number === warning)
        .flatMap(({ term: name, severity, reason, fix }): readonly Found[] => {
          const { terms } = subject.used;
          const term = terms.find((one) => one.name === name) ?? terms[0];
          if (term === undefined || !applies(subject, term)) return [];
          const consequence = measure(subject.used, term, subject);
          const named = name === undefined ? {} : { term: name };
          return [{ warning, ...named, severity, reason, consequence, fix }];
        }),
  };
}
