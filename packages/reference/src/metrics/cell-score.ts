import type { CompleteMetric } from '@softdice/core';
import { indexOf } from '../indices/overlap-index.js';
import { constant } from '../numeric/dual.js';
import type { HardCounts } from './hard-counts.js';

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
 * The index of hard counts without smoothing.
 *
 * An empty cell gives what the metric says; a ratio n/0 that is not empty, as Tversky without β
 * has where nothing is predicted, is 0: there is no intersection.
 */
export function cellScore({ index, empty }: CompleteMetric, counts: HardCounts): CellScore {
  if (isEmpty[empty.when](counts)) {
    return { score: given[empty.give], skipped: empty.give === 'skip' };
  }
  const I = constant(counts.I);
  const { numerator, denominator } = indexOf(index)({
    overlap: I,
    I,
    P: constant(counts.P),
    T: constant(counts.T),
  });
  const score = denominator.value === 0 ? 0 : numerator.value / denominator.value;
  return { score, skipped: false };
}
