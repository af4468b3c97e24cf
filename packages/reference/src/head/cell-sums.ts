import type { Counting } from '../counting/counting.js';
import type { OverlapSums } from '../indices/overlap-index.js';
import { compensatedSum } from '../numeric/compensated-sum.js';
import { variable } from '../numeric/dual.js';
import type { Float64Tensor } from '../tensor.js';
import type { ClassFactors } from './class-weights.js';

/** The statistics of a term by symbol, each `[rows, C']`. */
export type Statistics = Readonly<Record<string, Float64Tensor>>;

/** One addend of one sum of a cell: `factor · statistic[place]`. */
export interface Addend {
  readonly sum: keyof OverlapSums;
  readonly symbol: string;
  readonly place: number;
  readonly factor: number;
}

/** The sums that an index reads, in the order in which they are differentiated. */
const sumNames: readonly (keyof OverlapSums)[] = ['overlap', 'I', 'P', 'T'];

/**
 * What the sums of a cell are made of: weighted statistics of its classes, as data.
 *
 * @param places - The place of each class of the cell in the statistics, and its factors.
 */
export function addendsOf(
  counting: Counting,
  places: readonly { readonly place: number; readonly factors: ClassFactors }[],
): readonly Addend[] {
  return places.flatMap(({ place, factors }) =>
    sumNames.flatMap((sum) => {
      const symbols = counting.sums[sum === 'overlap' ? 'I' : sum];
      const factor = sum === 'overlap' || sum === 'I' ? factors[sum] : factors.sums;
      return symbols.map((symbol) => ({ sum, symbol, place, factor }));
    }),
  );
}

/** The sums of a cell, each a variable to differentiate by. */
export function cellSums(addends: readonly Addend[], statistics: Statistics): OverlapSums {
  const read = (name: keyof OverlapSums, at: number): OverlapSums[typeof name] => {
    const parts = addends.filter(({ sum }) => sum === name);
    const total = compensatedSum(parts.length, (part) => {
      const { symbol = '', place = 0, factor = 0 } = parts[part] ?? {};
      return factor * (statistics[symbol]?.data[place] ?? 0);
    });
    return variable(total, at, sumNames.length);
  };
  return { overlap: read('overlap', 0), I: read('I', 1), P: read('P', 2), T: read('T', 3) };
}

/** Adds to the slopes by the statistics what a cell's slopes by its sums contribute. */
export function addSlopes(
  addends: readonly Addend[],
  cellSlopes: readonly number[],
  outer: number,
  slopes: Readonly<Record<string, Float64Array>>,
): void {
  for (const { sum, symbol, place, factor } of addends) {
    const slope = slopes[symbol];
    if (slope === undefined) continue;
    slope[place] = (slope[place] ?? 0) + outer * (cellSlopes[sumNames.indexOf(sum)] ?? 0) * factor;
  }
}
