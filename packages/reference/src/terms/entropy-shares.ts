import { compensatedSum } from '../numeric/compensated-sum.js';
import type { Float64Tensor } from '../tensor.js';
import type { CrossEntropyTerm } from './cross-entropy-term.js';
import { entropyWeights } from './entropy-weights.js';

/**
 * What each cell of X is multiplied by: `v / D`, D being N, W, `Σ_c v M` or 1 of the cell, or for a mean
 * over all cells their sum, which `class-sum` divides by the number of classes.
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
    if (average === 'nothing') return 1;
    const first = cell - (cell % classes);
    return compensatedSum(classes, (column) => weight(column) * of('M', first + column));
  };
  const cells = statistics['X']?.data ?? new Float64Array();
  const all = compensatedSum(cells.length, divisor);
  // Where nothing counts X is 0, so any divisor above 0 will do.
  const per: { readonly [K in CrossEntropyTerm['reduction']]: (cell: number) => number } = {
    none: (cell) => 1 / Math.max(divisor(cell), 1e-30),
    sum: (cell) => 1 / Math.max(divisor(cell), 1e-30),
    mean: () => 1 / Math.max(all, 1e-30),
    'class-sum': () => classes / Math.max(all, 1e-30),
  };
  return cells.map((_, cell) => weight(cell) * per[reduction](cell));
}
