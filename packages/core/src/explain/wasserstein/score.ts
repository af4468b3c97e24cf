import type { PlanTermOf } from '../../plan/plan.js';

/**
 * The largest score that inputs in the domain can give.
 *
 * D = 0 is best, and then with x = 2 A the score `(x + n) / max(x + d, f)` is largest at x = 0, at
 * x = f - d, or as x grows.
 */
export function largestScore({ smoothing }: PlanTermOf<'wasserstein'>): number {
  const { numerator: n, denominator: d, floor: f } = smoothing;
  const least = Math.max(d, f);
  return Math.max(1, (least - d + n) / least);
}
