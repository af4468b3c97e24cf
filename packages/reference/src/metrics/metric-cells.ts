import type { CompleteMetric } from '@softdice/core';
import { poolingOf } from '../head/pooling.js';
import { rowWeights } from '../head/row-weights.js';
import { type CellScore, cellScore } from './cell-score.js';
import type { HardCounts } from './hard-counts.js';

/** A cell of the grid, and its weight in means over classes. */
export interface MetricCell extends CellScore {
  readonly weight: number;
}

/**
 * The cells of the grid by row, from the counts of each class.
 *
 * Weights by volume multiply the counts that merged classes share; given ones the scores, or, as the
 * support does, they are shares of a mean.
 *
 * Source: Sudre et al. 2017, arXiv:1707.03237; torchmetrics 1.9 `dice_score`, average 'weighted'.
 */
export function metricCells(
  metric: CompleteMetric,
  counts: readonly (readonly HardCounts[])[],
): readonly (readonly MetricCell[])[] {
  const { weights, per } = metric;
  if (poolingOf(per).classes) {
    const values = sumWeights(weights, counts);
    return counts.map((row, at) => [
      { ...cellScore(metric, total(row), total(row, values[at])), weight: 1 },
    ]);
  }
  return counts.map((row) =>
    row.map((own, column) => {
      const { factor, weight } = scoreWeights(weights, own, column);
      const { score, skipped } = cellScore(metric, own, own);
      return { score: factor * score, skipped, weight };
    }),
  );
}

type Weights = CompleteMetric['weights'];

/** The weights of the counts, by row; none where they count once. */
function sumWeights(
  weights: Weights,
  counts: readonly (readonly HardCounts[])[],
): readonly (readonly number[])[] {
  if (weights.kind !== 'volume') return [];
  const weigh = rowWeights(weights.absent);
  return counts.map((row) =>
    weigh(
      row.map(({ T }) => T),
      weights.power,
    ),
  );
}

/** What multiplies the score of a class, and its weight in a mean. */
function scoreWeights(
  weights: Weights,
  { T }: HardCounts,
  column: number,
): { readonly factor: number; readonly weight: number } {
  if (weights.kind === 'support') return { factor: 1, weight: T };
  if (weights.kind !== 'given') return { factor: 1, weight: 1 };
  const value = weights.values[column] ?? 1;
  return weights.normalise === 'none' ? { factor: value, weight: 1 } : { factor: 1, weight: value };
}

function total(row: readonly HardCounts[], weights?: readonly number[]): HardCounts {
  const sum = (symbol: keyof HardCounts): number =>
    row.reduce((all, counts, column) => all + (weights?.[column] ?? 1) * counts[symbol], 0);
  return { I: sum('I'), P: sum('P'), T: sum('T') };
}
