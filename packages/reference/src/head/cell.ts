import { indexOf, type OverlapSums } from '../indices/overlap-index.js';
import { atLeast, type Dual, plus, quotient, raised, through } from '../numeric/dual.js';
import type { OverlapTerm } from '../terms/overlap-term.js';
import { transformOf } from '../transforms/transform.js';

/** What one cell of the grid is worth. */
export interface Cell {
  /** The index with smoothing, weights in the sums included. */
  readonly score: number;
  /** The loss of the cell, or what the mean is taken of, and its derivatives by the cell's sums. */
  readonly loss: Dual;
}

/** Factors of score and loss in one cell. */
export interface CellFactors {
  readonly score: number;
  readonly loss: number;
}

/**
 * From the sums of a cell to its loss.
 *
 * `s = (numerator + n) / max(denominator + d, f)`, weighted; `l = max(transform(s), floor)^g`,
 * the power only where g is not 1; 0 where an absent class is zeroed; weighted.
 */
export function cellOf(
  term: OverlapTerm,
  sums: OverlapSums,
  factors: CellFactors,
  absent: boolean,
): Cell {
  const { smoothing } = term;
  const { numerator, denominator } = indexOf(term.index)(sums);
  const smoothed = plus(denominator, smoothing.denominator);
  const score = quotient(
    plus(numerator, smoothing.numerator),
    smoothing.floor === 0 ? smoothed : atLeast(smoothed, smoothing.floor),
  );
  if (absent && term.absent.kind === 'zero') {
    return { score: score.value, loss: through(score, 0, 0) };
  }
  const weighted = scaled(score, factors.score);
  const loss = powered(
    term.transformed === 'mean' ? weighted : transformOf(term.transform)(weighted),
    term.power.cell,
    term.power.floor,
  );
  return { score: score.value, loss: scaled(loss, factors.loss) };
}

/** `max(x, floor)^exponent`; x itself for an exponent of 1. */
export function powered(x: Dual, exponent: number, floor: number): Dual {
  return exponent === 1 ? x : raised(atLeast(x, floor), exponent);
}

function scaled(x: Dual, factor: number): Dual {
  return through(x, factor * x.value, factor);
}
