import { type Problem, shown } from '../schema/problem.js';
import { type Constraint, fine } from './constraint.js';
import type { CompleteSpec, CompleteTerm } from './loss.js';
import { volumeConstraints } from './volume-constraints.js';

export type { Constraint } from './constraint.js';

/** Number of scored classes where the spec fixes it. */
export function listedClasses(term: CompleteTerm): number | undefined {
  if (term.classes.kind === 'list') return term.classes.channels.length;
  return term.classes.kind === 'regions' ? term.classes.regions.length : undefined;
}

const repeated = (list: readonly number[]): boolean => new Set(list).size !== list.length;
const perImage = (term: CompleteTerm): boolean => term.per === 'image';
const merged = (term: CompleteTerm): boolean =>
  term.per === 'merged-image' || term.per === 'everything';

/** Rules within one term. */
export const termConstraints: readonly Constraint<CompleteTerm>[] = [
  {
    number: 'C1',
    rule: 'denominator + floor >= 1e-16, and numerator <= 1e18 (denominator + floor)^2',
    fix: 'give the smoothing a denominator or a floor, or the score of an absent class is 0/0',
    violations: ({ smoothing }) => {
      const least = smoothing.denominator + smoothing.floor;
      const holds = least >= 1e-16 && smoothing.numerator <= 1e18 * least * least;
      return holds ? fine : { smoothing };
    },
  },
  {
    number: 'C2',
    rule: 'each channel or label listed once',
    fix: 'remove the repetition',
    violations: ({ classes }) => {
      if (classes.kind === 'list' && repeated(classes.channels)) {
        return { 'classes.channels': classes.channels };
      }
      if (classes.kind !== 'regions') return fine;
      const bad = classes.regions.findIndex(repeated);
      return bad < 0 ? fine : { [`classes.regions[${bad}]`]: classes.regions[bad] };
    },
  },
  {
    number: 'C3',
    rule: 'weights on intersection, both-sums or both-factors where classes are merged',
    fix: "per 'merged-image' and 'everything' have no cell per class left to weight",
    violations: (term) => {
      const { weights } = term;
      const late = weights.kind !== 'none' && (weights.on === 'loss' || weights.on === 'score');
      return merged(term) && late ? { 'weights.on': weights.on } : fine;
    },
  },
  {
    number: 'C4',
    rule: "as many weights as scored classes, not all 0, and 'weighted-mean' only for the mean of losses per class",
    fix: "give one weight per scored class; 'weighted-mean' needs on 'loss' and a reduction that takes a mean",
    violations: (term) => {
      const { weights, reduction } = term;
      if (weights.kind === 'none') return fine;
      if (weights.kind === 'given') {
        const { values } = weights;
        const classes = listedClasses(term) ?? values.length;
        if (values.length !== classes || values.every((value) => value === 0)) {
          return { 'weights.values': values };
        }
      }
      const noMean = weights.on !== 'loss' || reduction === 'none' || reduction === 'sum';
      return weights.normalise === 'weighted-mean' && noMean
        ? { 'weights.normalise': weights.normalise }
        : fine;
    },
  },
  {
    number: 'C5',
    rule: "reductions by class or sample only per 'image'",
    fix: "use 'mean', or per 'image'",
    violations: (term) => {
      const plain = ['mean', 'sum', 'none'].includes(term.reduction);
      return plain || perImage(term) ? fine : { reduction: term.reduction };
    },
  },
  {
    number: 'C6',
    rule: "absent 'skip' only with a reduction that takes a mean",
    fix: "use absent 'zero'",
    violations: ({ absent, reduction }) =>
      absent.kind === 'skip' && (reduction === 'none' || reduction === 'sum')
        ? { absent: absent.kind }
        : fine,
  },
  {
    number: 'C7',
    rule: "powers other than 1 with transform 'complement' or 'log', cell * reduced <= 10, and a floor >= 1e-9 where an exponent is below 1",
    fix: 'other powers overflow float32, or have an infinite gradient at 0',
    violations: ({ transform, power }) => {
      const { cell, reduced, floor } = power;
      if (cell === 1 && reduced === 1) return fine;
      if (transform.kind === 'negative' || transform.kind === 'log-cosh') {
        return { transform: transform.kind };
      }
      return cell * reduced <= 10 && (Math.min(cell, reduced) >= 1 || floor >= 1e-9)
        ? fine
        : { power };
    },
  },
  {
    number: 'C8',
    rule: 'alpha + beta > 0; with power counting at most 1, and for Jaccard an exponent of at most 2',
    fix: 'with p^k in the sums, I can exceed P, so that the denominator could reach 0: use Dice',
    violations: ({ index, counting }) => {
      const power = counting.kind === 'power';
      if (index.kind === 'jaccard') return power && counting.exponent > 2 ? { counting } : fine;
      if (index.kind !== 'tversky') return fine;
      const both = index.alpha + index.beta;
      return both > 0 && !(power && both > 1) ? fine : { index };
    },
  },
  {
    number: 'C9',
    rule: 'weights on both-factors only with the Dice index and product counting',
    fix: "use on 'both-sums'",
    violations: ({ weights, index, counting }) =>
      weights.kind !== 'none' &&
      weights.on === 'both-factors' &&
      (index.kind !== 'dice' || counting.kind !== 'product')
        ? { 'weights.on': weights.on }
        : fine,
  },
  {
    number: 'C10',
    rule: 'merged regions of a probability distribution: softmax or none',
    fix: 'sums of sigmoids can exceed 1: merge the target only, with one channel per region',
    violations: ({ classes, activation }) =>
      classes.kind === 'regions' && classes.merge === 'both' && activation === 'sigmoid'
        ? { activation }
        : fine,
  },
  {
    number: 'C17',
    rule: 'a power of the reduced loss only of a mean, with class weights on the loss normalised',
    fix: "use a reduction that takes a mean, and normalise 'sum-to-one' or 'weighted-mean'",
    violations: ({ power, reduction, weights }) => {
      if (power.reduced === 1) return fine;
      if (reduction === 'sum' || reduction === 'none') return { reduction };
      const heavy =
        weights.kind !== 'none' && weights.on === 'loss' && weights.normalise === 'none';
      return heavy ? { 'weights.normalise': weights.normalise } : fine;
    },
  },
  ...volumeConstraints,
];

const scalar = (term: CompleteTerm): boolean =>
  term.reduction !== 'none' && term.reduction !== 'class-mean';

const everyTerm = (
  spec: CompleteSpec,
  violation: (term: CompleteTerm) => Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    spec.terms.flatMap((term, at) =>
      Object.entries(violation(term)).map(([path, value]) => [`terms[${at}].${path}`, value]),
    ),
  );

/** Rules across a whole loss. */
export const lossConstraints: readonly Constraint<CompleteSpec>[] = [
  {
    number: 'C11',
    rule: 'a scalar from each of several terms',
    fix: "use reduction 'mean' or 'sum' in each term",
    violations: (spec) =>
      spec.terms.length === 1
        ? fine
        : everyTerm(spec, (term) => (scalar(term) ? fine : { reduction: term.reduction })),
  },
  {
    number: 'C12',
    rule: 'scale + offset <= 1',
    fix: 'the rescaled target must stay in [0, 1]',
    violations: ({ rescale }) => (rescale.scale + rescale.offset <= 1 + 1e-12 ? fine : { rescale }),
  },
  {
    number: 'C13',
    rule: "a 'binary' target with sigmoid or none, and all classes",
    fix: 'a binary target has one channel, of which softmax is 1 everywhere',
    violations: (spec) =>
      spec.target.kind !== 'binary'
        ? fine
        : everyTerm(spec, ({ activation, classes }) => ({
            ...(activation === 'softmax' ? { activation } : {}),
            ...(classes.kind === 'all' ? {} : { classes: classes.kind }),
          })),
  },
  {
    number: 'C14',
    rule: "voxels 'target-mass' with a one-hot or soft target",
    fix: "with other targets the mass does not say which voxels count: use 'mask' or an ignore label",
    violations: ({ voxels, target }) =>
      voxels.kind === 'target-mass' && target.kind !== 'one-hot' && target.kind !== 'soft'
        ? { voxels: voxels.kind }
        : fine,
  },
  {
    number: 'C15',
    rule: "regions that merge the target only with a 'labels' target, others with exclusive classes and one weight per voxel",
    fix: "a multilabel target has its regions as channels already; a 'channel-mask' has no meaning for a union",
    violations: (spec) =>
      everyTerm(spec, ({ classes }) => {
        if (classes.kind !== 'regions') return fine;
        if (classes.merge === 'target') {
          return spec.target.kind === 'labels' ? fine : { 'classes.merge': classes.merge };
        }
        const bad = spec.target.kind === 'multilabel' || spec.voxels.kind === 'channel-mask';
        return bad ? { classes: classes.kind } : fine;
      }),
  },
  {
    number: 'C16',
    rule: 'a name per term, all different',
    fix: 'rename one of them',
    violations: (spec) => {
      const names = spec.terms.flatMap((term) => (term.name === undefined ? [] : [term.name]));
      return repeated(names.map((name) => names.indexOf(name))) ? { terms: names } : fine;
    },
  },
];

/** Every violation of the constraints by a loss that is otherwise well-formed. */
export function lossProblems(spec: CompleteSpec): readonly Problem[] {
  return [
    ...spec.terms.flatMap((term, at) =>
      termConstraints.flatMap((constraint) => problemsOf(constraint, term, `terms[${at}].`)),
    ),
    ...lossConstraints.flatMap((constraint) => problemsOf(constraint, spec, '')),
  ];
}

/** Every violation of one constraint. */
export function problemsOf<T>(
  constraint: Constraint<T>,
  value: T,
  path: string,
): readonly Problem[] {
  return Object.entries(constraint.violations(value)).map(([at, received]) => ({
    path: path + at,
    expected: constraint.rule,
    received: shown(received),
    fix: constraint.fix,
    constraint: constraint.number,
  }));
}
