import type { CompleteMetric } from '@softdice/core';
import type { HardCounts } from './hard-counts.js';
import { hardRatio } from './hard-ratio.js';

type Empty = CompleteMetric['empty'];

const isEmpty: { readonly [K in Empty['when']]: (counts: HardCounts) => boolean } = {
  both: ({ P, T }) => P === 0 && T === 0,
  target: ({ T }) => T === 0,
};

const given: { readonly [K in Empty['give']]: number } = {
  nan: Number.NaN,
  zero: 0,
  one: 1,
  skip: Number.NaN,
};

/** A cell's score, and whether a mean leaves it out. */
export interface CellScore {
  readonly score: number;
  readonly skipped: boolean;
}

/**
 * The index of hard counts, smoothed: `(numerator + n) / (denominator + d)`.
 *
 * An empty cell gives what the metric says; a ratio over 0 that is not empty, as Tversky without β
 * has where nothing is predicted, is 0: there is no intersection.
 *
 * @param counts - The voxels, which say whether the cell is empty.
 * @param weighed - What the ratio is taken of: the same, or their sums by weight.
 */
export function cellScore(
  { index, empty, smoothing }: CompleteMetric,
  counts: HardCounts,
  weighed: HardCounts,
): CellScore {
  if (isEmpty[empty.when](counts)) {
    return { score: given[empty.give], skipped: empty.give === 'skip' };
  }
  const [numerator, denominator] = hardRatio(index, weighed);
  const divisor = denominator + smoothing.denominator;
  const score = divisor === 0 ? 0 : (numerator + smoothing.numerator) / divisor;
  return { score, skipped: false };
}
