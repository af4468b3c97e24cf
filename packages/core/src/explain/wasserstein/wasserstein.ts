import type { Plan, PlanTermOf } from '../../plan/plan.js';
import type { Interval } from '../facts/interval.js';
import type { TermFacts } from '../facts/term-facts.js';
import { gradient } from './gradient.js';
import { minimiser } from './minimiser.js';
import { largestScore } from './score.js';
import { distanceRules } from './warnings.js';

type WassersteinTerm = PlanTermOf<'wasserstein'>;

/** What a Wasserstein Dice knows about itself. */
export const wassersteinFacts: TermFacts<WassersteinTerm> = {
  range,
  gradient,
  minimiser,
  relations,
  sources: ({ weighting }) => [
    'Fidon et al. 2017, arXiv:1707.00478',
    ...(weighting === 'volume' ? ['Fidon et al. 2020, arXiv:2011.01614, appendix'] : []),
  ],
  warnings: distanceRules,
};

/** A score is at least 0; a sum has any number of cells. */
function range(_: Plan, term: WassersteinTerm): Interval {
  const least = 1 - largestScore(term);
  const several = term.reduction === 'sum' && term.per !== 'everything';
  if (!several) return { least, most: 1 };
  return { least: least < 0 ? Number.NEGATIVE_INFINITY : 0, most: Number.POSITIVE_INFINITY };
}

/** With p_0 + p_1 = 1, `2 A + D_0 + D_1 = 2 I + FN + FP = P + T` of class 1. */
function relations({ distances, weighting, activation }: WassersteinTerm): readonly string[] {
  const two = distances.length === 2 && distances.flat().every((m, at) => m === [0, 1, 1, 0][at]);
  return two && weighting === 'foreground' && activation === 'softmax'
    ? ['equals Dice of class 1 with the same smoothing, for targets with one class per voxel']
    : [];
}
