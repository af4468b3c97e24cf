import type { Plan, PlanTermOf } from '../../plan/plan.js';
import type { GradientFacts } from '../facts/term-facts.js';
import { shortest } from '../formula/written.js';

type CrossEntropyTerm = PlanTermOf<'cross-entropy'>;

/** Describes the gradient of a term. */
export function gradient(_: Plan, term: CrossEntropyTerm): GradientFacts {
  const { positive, negative, weight, distribution } = term;
  const raises = `a step down the gradient ${weight < 0 ? 'lowers' : 'raises'} p`;
  const lowers = `a step down the gradient ${weight < 0 ? 'raises' : 'lowers'} p`;
  return {
    inside:
      positive === 0 ? 'd l / d p = 0: nothing moves p' : `${present(term, positive)}: ${raises}`,
    outside:
      distribution === 'categorical'
        ? 'd l / d p = 0: nothing but the share that other classes take moves p'
        : negative === 0
          ? 'd l / d p = 0: nothing moves p'
          : `${absent(term, negative)}: ${lowers}`,
    where: where(term),
    cell:
      term.hardest < 100
        ? `the loss is the mean over the hardest ${shortest(term.hardest)} % of the voxels of the batch, by l summed over the classes: the others have no gradient; equal ones share the last places`
        : term.average === 'focal-factors'
          ? 'the loss L is the sum of l over the sum D of the focal factors f: d L / d p = (d l / d p - L d f / d p) / D, whose sign is that of d l / d p at least where the -log of the true outcome is above L / v'
          : 'the loss is linear in l: what a voxel counts does not depend on other voxels',
    prediction: prediction(term),
  };
}

const times = (factor: number): string => (factor === 1 ? '' : `${shortest(factor)} times `);

function present(term: CrossEntropyTerm, factor: number): string {
  return isPlain(term)
    ? `d l / d p = ${times(factor)}${slope('p', '1 - p', term.focus, '-')}`
    : `l = ${times(factor)}${cost(term, 'p', '1 - p')}, which falls with p`;
}

function absent(term: CrossEntropyTerm, factor: number): string {
  return isPlain(term)
    ? `d l / d p = ${times(factor)}${slope('(1 - p)', 'p', term.focus, '')}`
    : `l = ${times(factor)}${cost(term, '1 - p', 'p')}, which rises with p`;
}

/** Whether the derivative is short enough to be written out. */
function isPlain({ exponent, logarithm, modulation, focus }: CrossEntropyTerm): boolean {
  return (
    exponent === 1 && logarithm.kind !== 'affine' && (focus === 0 || modulation.kind === 'plain')
  );
}

/** What an outcome of probability q costs. */
function cost(term: CrossEntropyTerm, q: string, rest: string): string {
  const { focus, modulation, logarithm, exponent } = term;
  const inside = q === 'p' ? 'p' : `(${q})`;
  const base = rest === 'p' ? 'p' : `(${rest})`;
  const power = focus === 1 ? '' : `^${shortest(focus)}`;
  const factor = {
    plain: `${base}${power} `,
    reduced:
      modulation.kind === 'reduced'
        ? `(1 if ${q} < ${shortest(modulation.threshold)} else (${base} / ${shortest(modulation.threshold)})${power}) `
        : '',
  }[modulation.kind];
  const argument =
    logarithm.kind === 'affine'
      ? `(${shortest(logarithm.offset)} + ${shortest(logarithm.scale)} ${inside})`
      : q === 'p'
        ? ' p'
        : `(${q})`;
  const surprise = `(-log${argument})${exponent === 1 ? '' : `^${shortest(exponent)}`}`;
  return `${focus === 0 ? '' : factor}${surprise}`;
}

/** The slope of the logarithm is largest where that of the activation is least. */
function prediction({ activation, logarithm }: CrossEntropyTerm): string {
  const stable = logarithm.kind === 'floored';
  switch (activation) {
    case 'none':
      return 'the prediction is p';
    case 'sigmoid':
      return `for a logit times p (1 - p), which ${stable ? '1 / p and 1 / (1 - p) make up for: not 0 where a wrong p is 0 or 1' : 'is 0 where p is 0 or 1'}`;
    case 'softmax':
      return `for a logit z of channel k: p_k (g_k - sum of p_j g_j), g the gradient for p, which ${stable ? '1 / p makes up for: not 0 where a wrong p is 0' : 'is 0 where p is 0 or 1'}`;
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

function where(term: CrossEntropyTerm): string {
  const { weights, average, hardest } = term;
  const weight = weights.kind !== 'none' ? ' times the weight v of the class' : '';
  const selected = hardest < 100 ? ' of the hardest' : '';
  const divided = {
    voxels: ', over the number of voxels',
    valid: ', over the sum of w',
    'class-weighted': ', over the sum of w v t',
    'focal-factors': ', over D, the sum of w f',
    nothing: '',
  };
  return `l the cross-entropy of a voxel and class; times w where voxels have weights${weight}${divided[average]}${selected}${flat(term)}`;
}

/** Where p has no gradient although it is wrong. */
function flat({ floor, activation, logarithm }: CrossEntropyTerm): string {
  switch (logarithm.kind) {
    case 'floored':
      return activation === 'none' ? `; 0 below the floor ${shortest(floor)}` : '';
    case 'clipped':
      return `; 0 where p is not between ${shortest(floor)} and ${shortest(1 - floor)}`;
    case 'affine':
      return '';
  }
}
