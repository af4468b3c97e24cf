import type { Check } from './training.js';

/** All checks of one training. */
export interface Outcome {
  readonly seed: number;
  readonly checks: readonly Check[];
}

/** Mean and standard deviation, of the sample. */
export interface Spread {
  readonly mean: number;
  readonly deviation: number;
}

/** Mean and spread of numbers; one number has no spread. */
export function spreadOf(values: readonly number[]): Spread {
  const mean = meanOf(values);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / Math.max(1, values.length - 1)) };
}

/** The mean. */
export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The last check of a training. */
export function lastOf({ checks }: Outcome): Check {
  const last = checks.at(-1);
  if (last === undefined) throw new Error('nothing was checked');
  return last;
}
