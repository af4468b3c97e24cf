import { type Problem, shown } from '../../schema/problem.js';

/** A rule across fields that types cannot say. Its number never changes. */
export interface Constraint<T> {
  readonly number: string;
  readonly rule: string;
  readonly fix: string;
  /** The offending values by path relative to T; empty where the rule holds. */
  readonly violations: (value: T) => Readonly<Record<string, unknown>>;
}

/** No violation. */
export const fine: Readonly<Record<string, unknown>> = {};

/** Every violation of one constraint. */
export function problemsOf<T>(
  constraint: Constraint<T>,
  value: T,
  path: string,
): readonly Problem[] {
  return Object.entries(constraint.violations(value)).map(([at, received]) => ({
    path: path + at,
    expected: constraint.rule,
    received: shown(received),
    fix: constraint.fix,
    constraint: constraint.number,
  }));
}
