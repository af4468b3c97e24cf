import type { Activation } from './activation.js';

/** `1 / (1 + e^-x)`, on either side with an exponential that cannot overflow. */
function logistic(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const power = Math.exp(x);
  return power / (1 + power);
}

/**
 * Each channel by itself: `p = σ(x) = 1 / (1 + e^-x)`, `dp/dx = σ(x) σ(-x)`.
 *
 * `1 - p` would be 0 from x = 37 on; `σ(-x)` is the same number in full precision.
 */
export const sigmoid: Activation = {
  value: (prediction) => prediction.map(logistic),
  pullback: (prediction, p, slope) =>
    slope.map((outer, at) => outer * (p[at] ?? 0) * logistic(-(prediction[at] ?? 0))),
};
