import type { Plan } from '../../plan/plan.js';
import { hull, type Interval, including, mapped, scaled } from '../facts/interval.js';
import { classWeights, scoreRange } from './score-range.js';
import type { OverlapTerm } from './shape.js';

/** The losses that a term can give for inputs in the domain, before its weight. */
export function lossRange(plan: Plan, term: OverlapTerm): Interval {
  if (term.transformed === 'mean') {
    // A mean over nothing is 0, which the scores include.
    const mean = transformed(weightedScores(plan, term), term);
    return powered(mean, term.power.reduced, term.power.floor);
  }
  const { absent, reduction, power, weights } = term;
  const cell = cellRange(plan, term);
  const kept = absent.kind === 'zero' ? including(cell, 0) : cell;
  const onLoss = weights.kind !== 'none' && weights.on === 'loss';
  const byMean = weights.kind !== 'none' && weights.normalise === 'weighted-mean';
  const weighted = onLoss && !byMean ? scaled(kept, classWeights(term)) : kept;
  // A mean over nothing is 0.
  const nothing = absent.kind === 'skip' || (byMean && weights.kind === 'volume');
  const counted = nothing ? including(weighted, 0) : weighted;
  const summed = reduction === 'sum' && term.per !== 'everything' ? summedUp(counted) : counted;
  return powered(summed, power.reduced, power.floor);
}

type Penalty = Extract<OverlapTerm['transform'], { readonly kind: 'penalty' }>;

/** One or more cells. */
function summedUp({ least, most }: Interval): Interval {
  return {
    least: least < 0 ? Number.NEGATIVE_INFINITY : least,
    most: most > 0 ? Number.POSITIVE_INFINITY : most,
  };
}

/** The losses of a cell that counts. */
function cellRange(plan: Plan, term: OverlapTerm): Interval {
  return powered(transformed(weightedScores(plan, term), term), term.power.cell, term.power.floor);
}

/** The scores as the transform sees them. */
export function weightedScores(plan: Plan, term: OverlapTerm): Interval {
  const { weights } = term;
  const onScore = weights.kind !== 'none' && weights.on === 'score';
  const scores = scoreRange(plan, term);
  return onScore ? scaled(scores, classWeights(term)) : scores;
}

function transformed(scores: Interval, { transform }: OverlapTerm): Interval {
  switch (transform.kind) {
    case 'complement':
      return mapped(scores, (s) => 1 - s);
    case 'negative':
      return mapped(scores, (s) => -s);
    case 'log':
      return mapped(
        scores,
        (s) => -Math.log(Math.max(transform.scale * s + transform.offset, transform.floor)),
      );
    case 'power-complement':
      return mapped(scores, (s) => 1 - Math.max(s, transform.floor) ** transform.exponent);
    case 'penalty':
      return mapped(scores, (s) => penalised(s, transform));
    case 'log-cosh': {
      const ends = mapped(scores, (s) => logCosh(1 - s));
      return scores.least <= 1 && scores.most >= 1 ? including(ends, 0) : ends;
    }
  }
}

/** At infinite scores its limit. */
function penalised(s: number, { strength: k, of }: Penalty): number {
  if (s === Number.POSITIVE_INFINITY) return k === 0 ? -s : -1 / k;
  const x = of === 'complement' ? 1 - s : -s;
  return x / (1 + k * (1 - x));
}

function logCosh(x: number): number {
  const size = Math.abs(x);
  return size + Math.log((1 + Math.exp(-2 * size)) / 2);
}

function powered(x: Interval, exponent: number, floor: number): Interval {
  if (exponent === 1) return x;
  return hull(Math.max(x.least, floor) ** exponent, Math.max(x.most, floor) ** exponent);
}
