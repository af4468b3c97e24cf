import type { TermOf } from '../loss.js';
import { type Constraint, fine } from './constraint.js';
import { isDefined } from './smoothing.js';
import { listedClasses } from './term.js';
import { volumeConstraints } from './volume.js';

type OverlapTerm = TermOf<'overlap'>;

const perImage = (term: OverlapTerm): boolean => term.per === 'image';
const merged = (term: OverlapTerm): boolean =>
  term.per === 'merged-image' || term.per === 'everything';

/** Rules within one overlap term. */
export const overlapConstraints: readonly Constraint<OverlapTerm>[] = [
  {
    number: 'C1',
    rule: 'denominator + floor >= 1e-16, and numerator <= 1e18 (denominator + floor)^2',
    fix: 'give the smoothing a denominator or a floor, or the score of an absent class is 0/0',
    violations: ({ smoothing }) => (isDefined(smoothing) ? fine : { smoothing }),
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
    rule: "powers other than 1 with transform 'complement', 'power-complement' or 'log', cell * reduced <= 10, and a floor >= 1e-9 where an exponent is below 1",
    fix: 'other powers overflow float32, or have an infinite gradient at 0',
    violations: ({ transform, power }) => {
      const { cell, reduced, floor } = power;
      if (cell === 1 && reduced === 1) return fine;
      if (!['complement', 'power-complement', 'log'].includes(transform.kind)) {
        return { transform: transform.kind };
      }
      return cell * reduced <= 10 && (Math.min(cell, reduced) >= 1 || floor >= 1e-9)
        ? fine
        : { power };
    },
  },
  {
    number: 'C8',
    rule: 'alpha + beta > 0; with power counting alpha + beta <= 1 or exponent <= 2 and (alpha + beta - 1)^2 <= 3.97 alpha beta, and for Jaccard an exponent of at most 2',
    fix: 'with p^k in the sums, I can exceed P, so that the denominator could reach 0: use Dice',
    violations: ({ index, counting }) => {
      const exponent = counting.kind === 'power' ? counting.exponent : undefined;
      if (index.kind === 'jaccard') return (exponent ?? 1) > 2 ? { counting } : fine;
      if (index.kind !== 'tversky') return fine;
      const { alpha, beta } = index;
      if (alpha + beta <= 0) return { index };
      if (exponent === undefined || alpha + beta <= 1) return fine;
      // I <= sqrt(P T) for k <= 2, so a P + b T - (a + b - 1) I >= (1 - (a + b - 1) / (2 sqrt(a b))) (a P + b T).
      const excess = (alpha + beta - 1) ** 2;
      return exponent <= 2 && excess <= 3.97 * alpha * beta ? fine : { index };
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
  {
    number: 'C39',
    rule: "counting 'noise-robust' with both errors weighted equally, alpha = beta >= 1e-3 or beta = 1",
    fix: 'I can exceed P or T, so that the score would not be largest at p = t: use Dice or Jaccard',
    violations: ({ counting, index }) => {
      if (counting.kind !== 'noise-robust') return fine;
      if (index.kind === 'f-beta') return index.beta === 1 ? fine : { index };
      if (index.kind !== 'tversky') return fine;
      return index.alpha === index.beta && index.alpha >= 1e-3 ? fine : { index };
    },
  },
  {
    number: 'C40',
    rule: "transform 'power-complement' with an exponent above 1 only of scores up to 1: n <= max(d, f), no weights on score, intersection or both-factors, no power counting",
    fix: 'a power of a score above 1 has no bound: use an exponent of at most 1',
    violations: ({ transform, smoothing, weights, counting }) => {
      if (transform.kind !== 'power-complement' || transform.exponent <= 1) return fine;
      const { numerator, denominator, floor } = smoothing;
      const on = weights.kind === 'none' ? 'loss' : weights.on;
      const bounded =
        numerator <= Math.max(denominator, floor) &&
        (on === 'loss' || on === 'both-sums') &&
        counting.kind !== 'power';
      return bounded ? fine : { transform };
    },
  },
  {
    number: 'C41',
    rule: "transformed 'mean' with a reduction that takes a mean, absent 'keep', power.cell 1, and weights not on the loss unless 'weighted-mean'",
    fix: "these act on the loss of a cell, of which there is none: use power.reduced, weights on 'score' or transformed 'cell'",
    violations: ({ transformed, reduction, absent, power, weights }) => {
      if (transformed === 'cell') return fine;
      const onLoss =
        weights.kind !== 'none' && weights.on === 'loss' && weights.normalise !== 'weighted-mean';
      return {
        ...(reduction === 'sum' || reduction === 'none' ? { reduction } : {}),
        ...(absent.kind === 'keep' ? {} : { absent: absent.kind }),
        ...(power.cell === 1 ? {} : { 'power.cell': power.cell }),
        ...(onLoss ? { 'weights.normalise': weights.normalise } : {}),
      };
    },
  },
  ...volumeConstraints,
];
