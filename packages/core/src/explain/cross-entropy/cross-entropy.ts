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
  relations,
  sources: ({ focus, labelSmoothing }) => [
    'Good 1952, Rational decisions',
    ...(focus === 0 ? [] : ['Lin et al. 2017, arXiv:1708.02002']),
    ...(labelSmoothing === 0 ? [] : ['Szegedy et al. 2016, arXiv:1512.00567, section 7']),
  ],
  warnings: predictionRules,
};

/** A plain cross-entropy is a likelihood. */
function relations(term: PlanTermOf<'cross-entropy'>): readonly string[] {
  const { classes, weights, positive, labelSmoothing, focus, average, reduction } = term;
  const plain = [focus, labelSmoothing].every((x) => x === 0) && positive === 1;
  const whole = classes.kind === 'all' && weights.kind === 'none' && reduction === 'class-sum';
  return plain && whole && average === 'valid'
    ? ['equals minus the mean log-likelihood of the voxels for targets of 0 and 1']
    : [];
}
