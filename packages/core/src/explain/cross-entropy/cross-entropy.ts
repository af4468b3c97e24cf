import type { PlanTermOf } from '../../plan/plan.js';
import type { TermFacts } from '../facts/term-facts.js';
import { predictionRules } from '../warnings/prediction.js';
import { gradient } from './gradient.js';
import { minimiser } from './minimiser.js';

/** What a cross-entropy knows about itself. */
export const crossEntropyFacts: TermFacts<PlanTermOf<'cross-entropy'>> = {
  range: () => ({ least: 0, most: Number.POSITIVE_INFINITY }),
  gradient,
  minimiser,
  relations: ({ distribution, focus }) => [
    ...(distribution === 'categorical'
      ? ['minus the log-likelihood of the target per voxel, where focus is 0 and all classes count']
      : []),
    ...(focus === 0 ? [] : ['with focus 0 it is the cross-entropy']),
  ],
  sources: ({ focus, labelSmoothing }) => [
    'Good 1952, Rational decisions',
    ...(focus === 0 ? [] : ['Lin et al. 2017, arXiv:1708.02002']),
    ...(labelSmoothing === 0 ? [] : ['Szegedy et al. 2016, arXiv:1512.00567, section 7']),
  ],
  warnings: predictionRules,
};
