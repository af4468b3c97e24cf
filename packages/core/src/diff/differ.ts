import type { Input } from './input.js';
import type { Evaluator } from './worth.js';

/** Two losses, ready to be evaluated. */
export interface Pair {
  readonly a: Evaluator;
  readonly b: Evaluator;
}

/** Where two losses differ on an input; undefined where rounding explains all of it. */
export function difference({ a, b }: Pair, input: Input): 'loss' | 'gradient' | undefined {
  if (apart(a.loss(input), b.loss(input))) return 'loss';
  return apart(a.gradient(input), b.gradient(input)) ? 'gradient' : undefined;
}

/** Whether two lists differ by more than rounding in float64 of numbers as large as theirs. */
export function apart(one: readonly number[], other: readonly number[]): boolean {
  if (one.length !== other.length) return true;
  const size = Math.max(1e-6, ...one.map(Math.abs), ...other.map(Math.abs));
  return one.some((value, place) => !(Math.abs(value - (other[place] ?? 0)) <= 1e-9 * size));
}
