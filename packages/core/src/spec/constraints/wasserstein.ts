import type { TermOf } from '../loss.js';
import { type Constraint, fine } from './constraint.js';
import { isDefined } from './smoothing.js';

/** Rules within one Wasserstein Dice term. */
export const wassersteinConstraints: readonly Constraint<TermOf<'wasserstein'>>[] = [
  {
    number: 'C36',
    rule: 'a square matrix of distances, at least 2 by 2, 0 on the diagonal and not 0 everywhere',
    fix: 'give a row per class and in it a distance per class, 0 from itself',
    violations: ({ distances }) => {
      const square = distances.every((row) => row.length === distances.length);
      const own = distances.every((row, at) => row[at] === 0);
      const apart = distances.flat().some((distance) => distance > 0);
      return distances.length > 1 && square && own && apart ? fine : { distances };
    },
  },
  {
    number: 'C38',
    rule: 'denominator + floor >= 1e-16 in a Wasserstein Dice, and numerator <= 1e18 (denominator + floor)^2',
    fix: 'give the smoothing a denominator or a floor, or the score of an image of class 0 is 0/0',
    violations: ({ smoothing }) => (isDefined(smoothing) ? fine : { smoothing }),
  },
];
