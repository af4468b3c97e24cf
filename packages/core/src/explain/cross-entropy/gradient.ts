import type { Plan, PlanTermOf } from '../../plan/plan.js';
import type { GradientFacts } from '../facts/term-facts.js';
import { shortest } from '../formula/written.js';

type CrossEntropyTerm = PlanTermOf<'cross-entropy'>;

/** Describes the gradient of a term. */
export function gradient(_: Plan, term: CrossEntropyTerm): GradientFacts {
  const raises = `a step down the gradient ${term.weight < 0 ? 'lowers' : 'raises'} p`;
  const lowers = `a step down the gradient ${term.weight < 0 ? 'raises' : 'lowers'} p`;
  const factor = term.positive === 1 ? '' : `${shortest(term.positive)} times `;
  return {
    inside: `d l / d p = ${factor}${slope('p', '1 - p', term.focus, '-')}: ${raises}`,
    outside:
      term.distribution === 'bernoulli'
        ? `d l / d p = ${slope('(1 - p)', 'p', term.focus, '')}: ${lowers}`
        : 'd l / d p = 0: nothing but the share that other classes take moves p',
    where: where(term),
    cell: 'the loss is linear in l: what a voxel counts does not depend on other voxels',
    prediction: prediction(term),
  };
}

/** The slope of the logarithm is largest where that of the activation is least. */
function prediction({ activation }: CrossEntropyTerm): string {
  switch (activation) {
    case 'none':
      return 'the prediction is p';
    case 'sigmoid':
      return 'for a logit times p (1 - p), which 1 / p and 1 / (1 - p) make up for: not 0 where a wrong p is 0 or 1';
    case 'softmax':
      return 'for a logit z of channel k: p_k (g_k - sum of p_j g_j), g the gradient for p, which 1 / p makes up for: not 0 where a wrong p is 0';
  }
}

/** The derivative of `base^g (-log x)` by x, up to the sign. */
function slope(x: string, base: string, focus: number, sign: '-' | ''): string {
  if (focus === 0) return `${sign}1 / ${x}`;
  const factor = base === 'p' ? 'p' : `(${base})`;
  const power = (exponent: number): string =>
    exponent === 0 ? '' : `${factor}${exponent === 1 ? '' : `^${shortest(exponent)}`} `;
  const log = x === 'p' ? 'log p' : 'log(1 - p)';
  const steep = focus === 1 ? log : `${shortest(focus)} ${power(focus - 1)}${log}`;
  return sign === '-' ? `${steep} - ${power(focus)}/ ${x}` : `${power(focus)}/ ${x} - ${steep}`;
}

function where({ weights, floor, activation, average }: CrossEntropyTerm): string {
  const weight = weights.kind === 'given' ? ' times the weight v of the class' : '';
  const divided = {
    voxels: 'the number of voxels',
    valid: 'the sum of w',
    'class-weighted': 'the sum of w v t',
  };
  const least = activation === 'none' ? `; 0 below the floor ${shortest(floor)}` : '';
  return `l the cross-entropy of a voxel and class; times w where voxels have weights${weight}, over ${divided[average]}${least}`;
}
