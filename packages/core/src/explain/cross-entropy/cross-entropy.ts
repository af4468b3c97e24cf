import type { PlanTermOf } from '../../plan/plan.js';
import type { TermFacts } from '../facts/term-facts.js';
import { gradient } from './gradient.js';
import { hardestRules } from './hardest.js';
import { minimiser } from './minimiser.js';
import { entropyRules } from './warnings.js';

/** What a cross-entropy knows about itself. */
export const crossEntropyFacts: TermFacts<PlanTermOf<'cross-entropy'>> = {
  range: () => ({ least: 0, most: Number.POSITIVE_INFINITY }),
  gradient,
  minimiser,
  relations,
  sources: ({
    focus,
    modulation,
    exponent,
    logarithm,
    weights,
    average,
    labelSmoothing,
    hardest,
  }) => [
    'Good 1952, Rational decisions',
    ...(focus === 0 ? [] : ['Lin et al. 2017, arXiv:1708.02002']),
    ...(focus === 0 || modulation.kind === 'plain'
      ? []
      : ['Sergievskiy and Ponamarev 2019, arXiv:1903.01347']),
    ...(exponent === 1 && logarithm.kind !== 'affine' && weights.kind !== 'frequency'
      ? []
      : ['Wong et al. 2018, arXiv:1809.00076']),
    ...(average === 'focal-factors' ? ['Sofiiuk et al. 2019, arXiv:1909.07829'] : []),
    ...(labelSmoothing === 0 ? [] : ['Szegedy et al. 2016, arXiv:1512.00567, section 7']),
    ...(hardest === 100 ? [] : ['Wu et al. 2016, arXiv:1605.06885']),
  ],
  warnings: [...entropyRules, ...hardestRules],
};

/** A plain cross-entropy is a likelihood. */
function relations(term: PlanTermOf<'cross-entropy'>): readonly string[] {
  const { classes, weights, labelSmoothing, focus, average, reduction } = term;
  const plain =
    [focus, labelSmoothing].every((x) => x === 0) &&
    [term.positive, term.negative, term.exponent].every((x) => x === 1) &&
    term.hardest === 100 &&
    term.logarithm.kind === 'floored';
  const whole = classes.kind === 'all' && weights.kind === 'none' && reduction === 'class-sum';
  return plain && whole && average === 'valid'
    ? ['equals minus the mean log-likelihood of the voxels for targets of 0 and 1']
    : [];
}
