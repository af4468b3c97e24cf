import type { Plan, PlanTermOf } from '../../plan/plan.js';
import type { Interval } from '../facts/interval.js';
import type { GradientFacts, Minimiser, TermFacts } from '../facts/term-facts.js';
import { skeletonRules } from './warnings.js';

type CenterlineDiceTerm = PlanTermOf<'centerline-dice'>;

/** What clDice knows about itself. */
export const centerlineDiceFacts: TermFacts<CenterlineDiceTerm> = {
  range,
  gradient,
  minimiser,
  relations: () => [],
  sources: () => ['Shit et al. 2021, arXiv:2003.07311, equations 1 to 3 and algorithm 1'],
  warnings: skeletonRules,
};

/** A skeleton of values in [0, 1] is in [0, 1], so that precision and sensitivity are. */
function range(_: Plan, { reduction }: CenterlineDiceTerm): Interval {
  return { least: 0, most: reduction === 'sum' ? Number.POSITIVE_INFINITY : 1 };
}

function gradient(_: Plan, term: CenterlineDiceTerm): GradientFacts {
  const [raises, lowers] = term.weight < 0 ? ['lowers', 'raises'] : ['raises', 'lowers'];
  return {
    inside: `d l / d p = -2 a^2 w S(t) / ((a + c)^2 (St + s)) and what p does to S(p): on the skeleton of t a step down the gradient ${raises} p`,
    outside: `d l / d p is what p does to S(p), at t = 0 by 2 a c^2 w / ((a + c)^2 (Sp + s)): where p is in its own skeleton a step down the gradient ${lowers} p`,
    where:
      'a = (Spt + s) / (Sp + s), c = (Stp + s) / (St + s), l the loss of the cell; w 1 where voxels have no weights. A minimum or maximum passes the gradient to the voxel that it takes, halved where two tie; nothing where a voxel equals its opening, as most do',
    cell: 'the loss is 1 - score',
    prediction: prediction(term),
  };
}

function prediction({ activation }: CenterlineDiceTerm): string {
  switch (activation) {
    case 'none':
      return 'the prediction is p';
    case 'sigmoid':
      return 'for a logit times p (1 - p)';
    case 'softmax':
      return 'for a logit z of channel k: p_k (g_k - sum of p_j g_j), g the gradient for p';
  }
}

function minimiser({ target, rescale }: Plan, { weight }: CenterlineDiceTerm): Minimiser {
  if (weight < 0) return { hard: 'none: the term falls with every error', soft: 'none: see hard' };
  const hard =
    'p = t, and every p of 0 and 1 that covers the skeleton of t and has its own skeleton inside t';
  const isHard = target.kind !== 'soft' && rescale.scale === 1 && rescale.offset === 0;
  return {
    hard,
    soft: isHard ? hard : 'not at p = t: the sums of S(p) t are less than those of S(p)',
  };
}
