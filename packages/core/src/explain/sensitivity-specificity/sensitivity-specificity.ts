import type { Plan, PlanTermOf } from '../../plan/plan.js';
import type { Interval } from '../facts/interval.js';
import {
  type GradientFacts,
  type Minimiser,
  perfect,
  type TermFacts,
} from '../facts/term-facts.js';
import { shortest } from '../formula/written.js';
import { ratioRules } from './warnings.js';

type Term = PlanTermOf<'sensitivity-specificity'>;

/** What a sensitivity-specificity loss knows about itself. */
export const sensitivitySpecificityFacts: TermFacts<Term> = {
  range,
  gradient,
  minimiser,
  relations: () => [],
  sources: () => ['Brosch et al. 2015, MICCAI, doi:10.1007/978-3-319-24574-4_1'],
  warnings: ratioRules,
};

/** (p - t)^2 is at most 1, so that Et is at most T and Eu at most U. */
function range(_: Plan, { reduction, per }: Term): Interval {
  const several = reduction === 'sum' && per !== 'everything';
  return { least: 0, most: several ? Number.POSITIVE_INFINITY : 1 };
}

/** `d l / d p = 2 w (p - t) (r t / (T + s) + (1 - r) u / (U + s))`. */
function gradient(_: Plan, term: Term): GradientFacts {
  const { sensitivityRatio: r, weight, smoothing } = term;
  const [raises, lowers] = weight < 0 ? ['lowers', 'raises'] : ['raises', 'lowers'];
  const still = 'd l / d p = 0: nothing moves p';
  const s = shortest(smoothing);
  return {
    inside:
      r === 0
        ? still
        : `d l / d p = -${shortest(2 * r)} (1 - p) / (T + ${s}): a step down the gradient ${raises} p`,
    outside:
      r === 1
        ? still
        : `d l / d p = ${shortest(2 * (1 - r))} p / (U + ${s}): a step down the gradient ${lowers} p`,
    where:
      'l the loss of the cell, T the sum of w t in it and U that of w (1 - t); times w where voxels have weights',
    cell: 'the loss is 1 - score; a voxel counts by its own error alone, and weighs by how many there are of its kind',
    prediction: prediction(term),
  };
}

function prediction({ activation }: Term): string {
  switch (activation) {
    case 'none':
      return 'the prediction is p';
    case 'sigmoid':
      return 'for a logit times p (1 - p): 0 where p is 0 or 1';
    case 'softmax':
      return 'for a logit z of channel k: p_k (g_k - sum of p_j g_j), g the gradient for p: 0 where p is 0 or 1';
  }
}

/** A sum of squares (p - t)^2 with weights of at least 0, which are above 0 where 0 < r < 1. */
function minimiser(_: Plan, { weight, sensitivityRatio: r }: Term): Minimiser {
  if (weight < 0) return { hard: 'none: the term falls with every error', soft: 'none: see hard' };
  const free = { 0: 'any p where t is 1', 1: 'any p where t is 0' }[r];
  const text = free === undefined ? perfect : `${perfect}, and ${free}`;
  return { hard: text, soft: text };
}
