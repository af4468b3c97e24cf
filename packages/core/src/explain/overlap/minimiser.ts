import type { Plan } from '../../plan/plan.js';
import { type Minimiser, perfect } from '../facts/term-facts.js';
import { shortest } from '../formula/written.js';
import { weightedScores } from './loss-range.js';
import { cheapest, intersectionWeights, largestRatio } from './score-range.js';
import { type OverlapTerm, shapeOf } from './shape.js';

/** Describes where the loss of a term is least. */
export function minimiser(plan: Plan, term: OverlapTerm): Minimiser {
  return { hard: hard(plan, term), soft: soft(plan, term) };
}

/** Why no claim is made, whatever the target. */
function unclear(plan: Plan, term: OverlapTerm): string | undefined {
  const { numerator: n, denominator: d } = term.smoothing;
  if (term.weight < 0) return 'not p = t: the weight is negative, so that errors lower the loss';
  if (term.transform.kind === 'log-cosh' && weightedScores(plan, term).most > 1) {
    return 'not p = t in general: log cosh is least at 1, and scores can be above 1';
  }
  if (intersectionWeights(term).some((v) => v !== 1)) {
    return 'not p = t in general: a class with a small weight in the numerator costs less when it is not predicted';
  }
  return n > d
    ? `not p = t for every target: with n = ${shortest(n)} above d = ${shortest(d)} a small structure can score best when it is not predicted`
    : undefined;
}

function hard(plan: Plan, term: OverlapTerm): string {
  const known = unclear(plan, term);
  if (known !== undefined) return known;
  const { index, counting } = term;
  if (counting.kind === 'noise-robust') return noiseRobust(term);
  if (counting.kind !== 'power' || largestRatio(term, true) <= 1 + 1e-12) return perfect;
  const { predicted, targeted } = shapeOf(index);
  const x = cheapest(predicted, targeted, counting.exponent);
  return `not p = t: p = ${shortest(Number(x.toPrecision(3)))} inside and 0 outside, but for smoothing`;
}

function soft(plan: Plan, term: OverlapTerm): string {
  const { smoothing, counting } = term;
  const known = unclear(plan, term);
  switch (counting.kind) {
    case 'minimum':
      return known ?? perfect;
    case 'product': {
      const reversed = term.weight < 0 || term.transform.kind === 'log-cosh';
      if (reversed && known !== undefined) return known;
      if (smoothing.floor > smoothing.denominator) {
        return 'not p = t in general: where the floor does not act, p is pushed to 0 or 1';
      }
      return `not p = t: every p is pushed to 0 or 1${known ? '' : `, ${threshold(term)}`}`;
    }
    case 'power':
      return known ?? powerOfSoft(term);
    case 'noise-robust':
      return known ?? noiseRobust(term);
    case 'squared-errors':
      return known ?? 'not p = t in general: p = t scores below 1 where 0 < t < 1';
  }
}

/** The t above which a step raises p: a t = s (A + C t). */
function threshold({ index }: OverlapTerm): string {
  const { gain, predicted, shared } = shapeOf(index);
  const times = (factor: number): string => (factor === 1 ? 's' : `${shortest(factor)} s`);
  if (predicted === 0) return 'to 1 wherever t > 0';
  if (shared === 0) return `to 1 where t > ${times(predicted / gain)}, with s the score`;
  const sign = shared < 0 ? '+' : '-';
  const divisor = `(${shortest(gain)} ${sign} ${times(Math.abs(shared))})`;
  return `to 1 where t > ${times(predicted)} / ${divisor}, with s the score`;
}

function powerOfSoft({ index, counting, smoothing }: OverlapTerm): string {
  const { predicted, targeted } = shapeOf(index);
  const { numerator: n, denominator: d, floor } = smoothing;
  const exponent = counting.kind === 'power' ? counting.exponent : 1;
  if (exponent !== 2 || predicted !== targeted) {
    return 'not p = t in general: only squares and equal weights of both errors are least at p = t';
  }
  return n === d && floor <= d ? perfect : nearTarget;
}

/** Small errors cost next to nothing, so that a larger sum below them is worth some. */
function noiseRobust({ counting, smoothing }: OverlapTerm): string {
  const { numerator: n, denominator: d, floor } = smoothing;
  const linear = counting.kind === 'noise-robust' && counting.exponent === 1;
  return linear || (n === d && floor <= d) ? perfect : nearTarget;
}

const nearTarget = 'near p = t, which smoothing with n = d and no floor would make exact';
