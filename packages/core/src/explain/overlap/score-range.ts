import type { Plan } from '../../plan/plan.js';
import { largestVolumeWeight } from '../../spec/constraints/volume.js';
import type { Interval } from '../facts/interval.js';
import { type OverlapTerm, shapeOf } from './shape.js';

/** Whether every target value is 0 or 1 when it is counted. */
export function targetIsHard({ target, rescale }: Plan): boolean {
  return target.kind !== 'soft' && rescale.scale === 1 && rescale.offset === 0;
}

/** The weights of the classes as the head uses them, or their least and largest; 1 where there are none. */
export function classWeights({ weights }: OverlapTerm): readonly number[] {
  if (weights.kind === 'none') return [1];
  if (weights.kind === 'volume') {
    return [0, weights.normalise === 'sum-to-one' ? 1 : largestVolumeWeight(weights)];
  }
  const total = weights.values.reduce((sum, value) => sum + value, 0);
  return weights.values.map((v) => (weights.normalise === 'sum-to-one' ? v / total : v));
}

/** The factors by which the intersection is weighted more than the sums P and T. */
export function intersectionWeights(term: OverlapTerm): readonly number[] {
  const { weights } = term;
  const heavier =
    weights.kind !== 'none' && (weights.on === 'intersection' || weights.on === 'both-factors');
  return heavier ? classWeights(term) : [1];
}

/**
 * The scores that inputs in the domain can give: p and t in [0, 1], w >= 0, any number of voxels.
 *
 * With r the largest `a I / D` of a voxel and m = max(d, f), `(r D + n) / max(D + d, f)` is largest
 * at D = m - d or as D grows, and 0 is approached by wrong voxels.
 */
export function scoreRange(plan: Plan, term: OverlapTerm): Interval {
  const { numerator, denominator, floor } = term.smoothing;
  const least = Math.max(denominator, floor);
  const ratio = largestRatio(term, targetIsHard(plan)) * Math.max(...intersectionWeights(term));
  if (ratio === Number.POSITIVE_INFINITY) {
    return { least: 0, most: ratio };
  }
  return { least: 0, most: Math.max(ratio, (ratio * (least - denominator) + numerator) / least) };
}

/**
 * The largest `a I / (A P + B T + C I)` of one voxel. It is 1 where I is at most P and T. With
 * powers, `I / P` can exceed 1, and `(A p^k + B t^k) / (p t)` is least at p = 1 or t = 1 for k <= 2,
 * and falls to 0 with p and t for k > 2.
 */
export function largestRatio({ index, counting }: OverlapTerm, hard: boolean): number {
  if (counting.kind !== 'power') return 1;
  const { gain, predicted, targeted, shared } = shapeOf(index);
  const k = counting.exponent;
  const atTarget = leastCost(predicted, targeted, k);
  const soft = k > 2 ? 0 : Math.min(atTarget, leastCost(targeted, predicted, k));
  const cost = (hard ? atTarget : soft) + shared;
  return cost > 1e-12 ? gain / cost : Number.POSITIVE_INFINITY;
}

/** The least `A x^(k - 1) + B / x` for x in (0, 1]. */
function leastCost(a: number, b: number, k: number): number {
  const x = cheapest(a, b, k);
  return x === 0 ? 0 : a * x ** (k - 1) + b / x;
}

/** The x in [0, 1] at which `A x^(k - 1) + B / x` is least: `x^k = B / (A (k - 1))`. */
export function cheapest(a: number, b: number, k: number): number {
  return k === 1 || a === 0 ? 1 : Math.min(1, (b / (a * (k - 1))) ** (1 / k));
}
