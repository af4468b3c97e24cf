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
