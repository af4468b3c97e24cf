import { compensatedSum } from '../numeric/compensated-sum.js';
import type { OverlapTerm } from '../terms/overlap-term.js';
import { rowWeights } from './row-weights.js';

type Volume = Extract<OverlapTerm['weights'], { readonly kind: 'volume' }>;

/**
 * The weight of each class in each row of the grid; nothing is differentiated.
 *
 * @param masses - `M = Σ w t` of each class, by row.
 */
export function volumeWeights(
  { power, over, absent }: Pick<Volume, 'power' | 'over' | 'absent'>,
  masses: readonly (readonly number[])[],
): readonly (readonly number[])[] {
  const weigh = rowWeights(absent);
  if (over === 'score') return masses.map((row) => weigh(row, power));
  const pooled = (masses[0] ?? []).map((_, column) =>
    compensatedSum(masses.length, (row) => masses[row]?.[column] ?? 0),
  );
  const weights = weigh(pooled, power);
  return masses.map(() => weights);
}
