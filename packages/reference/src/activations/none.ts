import type { Activation } from './activation.js';

/** The prediction is p already: `p = x`, `dp/dx = 1`. */
export const none: Activation = {
  value: (prediction) => prediction,
  pullback: (_prediction, _p, slope) => slope,
};
