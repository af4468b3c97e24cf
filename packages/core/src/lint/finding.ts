/** A number that a loss gave on a tiny example. */
export interface MeasuredValue {
  readonly of: string;
  readonly value: number | 'NaN' | 'Infinity' | '-Infinity';
}

/** What a finding costs, computed by the loss's own program in float64. */
export interface Consequence {
  readonly example: string;
  readonly values: readonly MeasuredValue[];
}

/** Something that is wrong with a loss, or with how it is used. */
export interface LintFinding {
  /** `L1`, `L2`, …; never changes its meaning. */
  readonly number: string;
  /** What the number stands for, in a few words. */
  readonly title: string;
  /** The warning of `explain` that states the same fact, if one does. */
  readonly warning?: string;
  /** The term, where several could be meant. */
  readonly term?: string;
  /** The level of deep supervision. */
  readonly level?: number;
  /**
   * `high` a training that goes wrong, `low` one that goes slower or surprises, `check` what only a
   * fact that was not given can tell.
   */
  readonly severity: 'high' | 'low' | 'check';
  /** One sentence. */
  readonly reason: string;
  /** Left out where there is no loss that could be measured. */
  readonly consequence?: Consequence;
  readonly fix: string;
}

/** What a rule says about a finding; the number and title are the rule's. */
export type Found = Omit<LintFinding, 'number' | 'title' | 'level'>;
