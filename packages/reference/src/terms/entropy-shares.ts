import { compensatedSum } from '../numeric/compensated-sum.js';
import type { Float64Tensor } from '../tensor.js';
import type { CrossEntropyTerm } from './cross-entropy-term.js';
import { entropyWeights } from './entropy-weights.js';

/**
 * What each cell of X is multiplied by: `v / D`, D being N, W, `Σ_c v M`, F or 1 of the cell, or for a
 * mean over all cells their sum, which `class-sum` divides by the number of classes.
 *
 * Source: torch `cross_entropy` divides by `Σ v_y` where classes have weights, and
 * `binary_cross_entropy` by the number of elements.
 */
export function entropyShares(
  term: CrossEntropyTerm,
  statistics: Readonly<Record<string, Float64Tensor>>,
  classes: number,
): Float64Array {
  const { average, reduction } = term;
  const of = (symbol: string, cell: number): number => statistics[symbol]?.data[cell] ?? 0;
  const weights = entropyWeights(term, statistics, classes);
  const weight = (cell: number): number => weights[cell % classes] ?? 0;
  const divisor = (cell: number): number => {
    if (average === 'voxels') return of('N', cell);
    if (average === 'valid') return of('W', cell);
    if (average === 'focal-factors') return of('F', cell);
    if (average === 'nothing') return 1;
    const first = cell - (cell % classes);
    return compensatedSum(classes, (column) => weight(column) * of('M', first + column));
  };
  const cells = statistics['X']?.data ?? new Float64Array();
  const all = compensatedSum(cells.length, divisor);
  const least = average === 'focal-factors' ? leastFactors : 1e-30;
  // Where nothing counts X is 0, so any divisor above 0 will do.
  const per: { readonly [K in CrossEntropyTerm['reduction']]: (cell: number) => number } = {
    none: (cell) => 1 / Math.max(divisor(cell), least),
    sum: (cell) => 1 / Math.max(divisor(cell), least),
    mean: () => 1 / Math.max(all, least),
    'class-sum': () => classes / Math.max(all, least),
  };
  return cells.map((_, cell) => weight(cell) * per[reduction](cell));
}

/** The least sum of focal factors. Source: segmentation_models.pytorch, `clamp_min(eps)`. */
const leastFactors = 1e-6;

/**
 * The derivative of the loss by each cell of F: of `A / D` with A the sum of `v X` and D that of F over
 * the cells that share a quotient, `-A / D²`, 0 where D is kept at its least.
 */
export function factorSlopes(
  { reduction }: CrossEntropyTerm,
  shares: Float64Array,
  statistics: Readonly<Record<string, Float64Tensor>>,
): Float64Array {
  const X = statistics['X']?.data ?? new Float64Array();
  const F = statistics['F']?.data ?? new Float64Array();
  const alone = reduction === 'none' || reduction === 'sum';
  const loss = compensatedSum(X.length, (cell) => (shares[cell] ?? 0) * (X[cell] ?? 0));
  const factors = compensatedSum(F.length, (cell) => F[cell] ?? 0);
  return F.map((own, cell) => {
    const divisor = alone ? own : factors;
    // A / D is the loss, or the part of it that the cell is.
    const quotient = alone ? (shares[cell] ?? 0) * (X[cell] ?? 0) : loss;
    if (divisor < leastFactors) return 0;
    return ((divisor === leastFactors ? -0.5 : -1) * quotient) / divisor;
  });
}
