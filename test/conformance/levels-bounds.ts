import { type LevelsInputs, type LevelsSpec, levelsPlanOf } from '@softdice/core';
import type { Tensor } from '../arbitraries/batch.js';
import type { Bounded } from '../tolerance/bounded.js';
import type { Precision } from '../tolerance/precision.js';
import { boundsOf } from './bounds.js';
import { nearestLevels } from './nearest-levels.js';

/** The bounds of several levels: of their loss, and of the gradient by each prediction. */
export interface LevelsBounds {
  readonly loss: number;
  readonly gradients: readonly Bounded[];
}

/**
 * The bounds of each level with its weight as the cotangent. The loss adds the rounding of the
 * weights, of the products and of each addition, which is at most a rounding of all products.
 */
export function levelsBounds(
  spec: LevelsSpec,
  inputs: LevelsInputs<Tensor>,
  precision: Precision,
): LevelsBounds {
  const plan = levelsPlanOf(spec);
  const read = nearestLevels(plan, inputs);
  const parts = plan.levels.flatMap(({ weight, loss }, at) => {
    const batch = read[at];
    if (batch === undefined) return [];
    const cotangent = { shape: [], data: [weight] };
    const bounds = boundsOf({ spec: loss, plan: loss, batch }, precision, cotangent);
    const value = bounds.loss.value.data[0] ?? Number.NaN;
    const error = bounds.loss.error[0] ?? Number.NaN;
    const ofWeight = Math.abs(weight - precision.stored(weight)) * Math.abs(value);
    return [
      { size: Math.abs(weight * value) + weight * error, error: weight * error + ofWeight, bounds },
    ];
  });
  const size = parts.reduce((sum, part) => sum + part.size, 0);
  return {
    loss:
      parts.reduce((sum, { error }) => sum + error, 0) +
      parts.length * (precision.unit * size + precision.underflow),
    gradients: parts.map(({ bounds }) => bounds.gradient),
  };
}
