import type { Plan } from '../../../plan/plan.js';
import { shortest } from '../../formula/written.js';
import type { Finding, WarningRule } from '../../warnings/rule.js';
import { type OverlapTerm, shapeOf } from '../shape.js';

const smallStructure = 10;

const swallowed = (n: number, mass: number, score: number): Finding => ({
  severity: 'low',
  reason: `With n = ${shortest(n)} a structure of mass ${shortest(mass)} that is missed entirely still scores ${rounded(score)}, so that small structures count little.`,
  fix: 'use smoothing far below 1 voxel, such as 1e-5',
});

const noGradientWhenAbsent = (counting: string): Finding => ({
  severity: 'high',
  reason: `With n = 0 a class that the target does not contain scores 0 whatever p is${counting === 'minimum' || counting === 'noise-robust' ? ' above 0' : ''}: false positives there have no gradient.`,
  fix: 'give the numerator as much smoothing as the denominator',
});

const aboveOne = (score: number): Finding => ({
  severity: 'low',
  reason: `With n above d and f an absent class that is predicted empty scores ${rounded(score)}, more than a perfect prediction of large structures.`,
  fix: 'use n = d',
});

/** Warnings about smoothing. */
export const smoothingRules: readonly WarningRule<OverlapTerm>[] = [
  {
    number: 'W2',
    find: (plan, term) => swallowedBy(plan, term),
  },
  {
    number: 'W3',
    find: ({ rescale }, { smoothing, absent, per, counting }) => {
      const alone = per === 'image' || per === 'batch';
      const scored = counting.kind === 'noise-robust' && counting.exponent > 1;
      const none = smoothing.numerator === 0 && rescale.offset === 0 && !scored;
      return none && alone && absent.kind === 'keep'
        ? noGradientWhenAbsent(counting.kind)
        : undefined;
    },
  },
  {
    number: 'W10',
    find: ({ rescale }, { smoothing: { numerator, denominator, floor } }) => {
      const least = Math.max(denominator, floor);
      return numerator > least && rescale.offset === 0 ? aboveOne(numerator / least) : undefined;
    },
  },
];

/**
 * W2, for the smallest structure that matters; of unknown size, for one of mass 10 where n is at least
 * a voxel.
 */
export function swallowedBy(plan: Plan, term: OverlapTerm, smallest?: number): Finding | undefined {
  const { numerator } = term.smoothing;
  const mass = smallest ?? smallStructure;
  const score = missedScore(plan, term, mass);
  if (smallest === undefined && numerator < 1) return undefined;
  return score !== undefined && score >= 0.05 ? swallowed(numerator, mass, score) : undefined;
}

/** The score of a missed small structure, where one class has a cell of its own: n / (B v + d). */
function missedScore({ rescale }: Plan, term: OverlapTerm, mass: number): number | undefined {
  const { per, weights, smoothing, index } = term;
  const inSums = weights.kind !== 'none' && weights.on.startsWith('both');
  const alone = (per === 'image' || per === 'batch') && !inSums;
  if (!alone || rescale.scale !== 1 || rescale.offset !== 0) return undefined;
  const sums = shapeOf(index).targeted * mass + smoothing.denominator;
  return smoothing.numerator / Math.max(sums, smoothing.floor);
}

function rounded(score: number): string {
  return shortest(Number(score.toPrecision(3)));
}
