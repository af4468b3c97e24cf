import type { Plan, PlanTermOf } from '../../plan/plan.js';
import type { GradientFacts } from '../facts/term-facts.js';
import { shortest } from '../formula/written.js';

/**
 * Describes the gradient of a Wasserstein Dice: `d D_l / d p_c = w t_l M_lc`, and
 * `d s / d D_l = -(2 a + s (1 - 2 a)) / N`, or by volume `-a (2 - s) / N`.
 */
export function gradient(_: Plan, term: PlanTermOf<'wasserstein'>): GradientFacts {
  const { weighting, weight, activation, smoothing } = term;
  const volume = weighting === 'volume';
  const fall = volume ? 'a m (2 - s) / N' : 'm (2 a (1 - s) + s) / N';
  const a = volume ? 'its weight 1 / (V + 1)' : '0 for class 0 and 1 for the others';
  const floor =
    smoothing.floor > smoothing.denominator
      ? `; where N is the floor ${shortest(smoothing.floor)}, d s / d p = -2 a m / N`
      : '';
  return {
    inside:
      'd s / d p = 0: a class is at distance 0 from itself, and only the fall of the others raises its share',
    outside: `d s / d p = -${fall}: a step down the gradient ${weight < 0 ? 'raises' : 'lowers'} p`,
    where: `s the score and N its denominator, smoothing included; a of the class of the voxel is ${a}, m its distance from the class of p; times w where voxels have weights${floor}`,
    cell: 'l = 1 - s falls by 1 per unit of s',
    prediction:
      activation === 'none'
        ? 'the prediction is p'
        : 'for a logit z of channel k: p_k (g_k - sum of p_j g_j), g the gradient for p: 0 where p is 0 or 1',
  };
}
