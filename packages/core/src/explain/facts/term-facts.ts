import type { Plan } from '../../plan/plan.js';
import type { WarningRule } from '../warnings/rule.js';
import type { Interval } from './interval.js';

/** What a step down the gradient does to the p of one voxel. */
export interface GradientFacts {
  /** At a voxel of the target, t = 1. */
  readonly inside: string;
  /** At a voxel that is not of the target, t = 0. */
  readonly outside: string;
  /** What the letters stand for. */
  readonly where: string;
  /** How the score of a cell acts on its loss. */
  readonly cell: string;
  /** How p acts on what the network emits. */
  readonly prediction: string;
}

/** The predictions at which the loss is least. */
export interface Minimiser {
  /** For targets of 0 and 1; starts with `p = t` where that is it. */
  readonly hard: string;
  /** For targets between; starts with `p = t` where that is it. */
  readonly soft: string;
}

/** The minimiser that one hopes for. */
export const perfect = 'p = t';

/** What a kind of term knows about itself. */
export interface TermFacts<Term> {
  /** The losses that inputs in the domain can give, before the weight. */
  readonly range: (plan: Plan, term: Term) => Interval;
  readonly gradient: (plan: Plan, term: Term) => GradientFacts;
  /** {@link perfect}, or why not. */
  readonly minimiser: (plan: Plan, term: Term) => Minimiser;
  readonly relations: (term: Term) => readonly string[];
  readonly sources: (term: Term) => readonly string[];
  /** Those of its kind alone. */
  readonly warnings: readonly WarningRule<Term>[];
}
