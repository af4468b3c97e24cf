import type { Plan, PlanTerm } from '../../plan/plan.js';
import { added, hull, type Interval, including, mapped, scaled } from './interval.js';
import { classWeights, scoreRange } from './score-range.js';

/** Between what the loss lies, see {@link boundsOf}. */
export interface Bounds {
  /** null where there is no bound. */
  readonly least: number | null;
  readonly most: number | null;
  readonly note: string;
}

/** The bounds of a loss, or of each entry where it is a grid, for inputs in the domain. */
export function boundsOf(plan: Plan): Bounds {
  const { least, most } = plan.terms
    .map((term) => scaled(termRange(plan, term), [term.weight]))
    .reduce(added);
  const known = (value: number): number | null => (Number.isFinite(value) ? value : null);
  const [low, high] = [known(least), known(most)];
  const grid = plan.terms.some(({ reduction }) => ['none', 'class-mean'].includes(reduction));
  return { least: low, most: high, note: note(low, high, grid) };
}

function note(least: number | null, most: number | null, grid: boolean): string {
  const domain = 'for p and t in [0, 1] (also where channels are merged) and weights w >= 0';
  const open = least === null || most === null ? '; null: no bound' : '';
  return `${grid ? 'of each entry, ' : ''}${domain}${open}; not always reached`;
}

/** The losses of a term, before its weight. */
function termRange(plan: Plan, term: PlanTerm): Interval {
  const { absent, reduction, power, weights } = term;
  const cell = cellRange(plan, term);
  const kept = absent.kind === 'zero' ? including(cell, 0) : cell;
  const onLoss = weights.kind === 'given' && weights.on === 'loss';
  const byMean = weights.kind === 'given' && weights.normalise === 'weighted-mean';
  const weighted = onLoss && !byMean ? scaled(kept, classWeights(term)) : kept;
  // A mean over nothing is 0.
  const counted = absent.kind === 'skip' ? including(weighted, 0) : weighted;
  const summed = reduction === 'sum' && term.per !== 'everything' ? summedUp(counted) : counted;
  return powered(summed, power.reduced, power.floor);
}

/** One or more cells. */
function summedUp({ least, most }: Interval): Interval {
  return {
    least: least < 0 ? Number.NEGATIVE_INFINITY : least,
    most: most > 0 ? Number.POSITIVE_INFINITY : most,
  };
}

/** The losses of a cell that counts. */
export function cellRange(plan: Plan, term: PlanTerm): Interval {
  return powered(transformed(weightedScores(plan, term), term), term.power.cell, term.power.floor);
}

/** The scores as the transform sees them. */
export function weightedScores(plan: Plan, term: PlanTerm): Interval {
  const { weights } = term;
  const onScore = weights.kind === 'given' && weights.on === 'score';
  const scores = scoreRange(plan, term);
  return onScore ? scaled(scores, classWeights(term)) : scores;
}

function transformed(scores: Interval, { transform }: PlanTerm): Interval {
  switch (transform.kind) {
    case 'complement':
      return mapped(scores, (s) => 1 - s);
    case 'negative':
      return mapped(scores, (s) => -s);
    case 'log':
      return mapped(scores, (s) => -Math.log(Math.max(s, transform.floor)));
    case 'log-cosh': {
      const ends = mapped(scores, (s) => logCosh(1 - s));
      return scores.least <= 1 && scores.most >= 1 ? including(ends, 0) : ends;
    }
  }
}

function logCosh(x: number): number {
  const size = Math.abs(x);
  return size + Math.log((1 + Math.exp(-2 * size)) / 2);
}

function powered(x: Interval, exponent: number, floor: number): Interval {
  if (exponent === 1) return x;
  return hull(Math.max(x.least, floor) ** exponent, Math.max(x.most, floor) ** exponent);
}
