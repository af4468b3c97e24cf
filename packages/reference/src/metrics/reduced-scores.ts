import type { CompleteMetric } from '@softdice/core';
import type { Float64Tensor } from '../tensor.js';
import type { MetricCell } from './metric-cells.js';

type Row = readonly MetricCell[];
type Rows = readonly Row[];

/** How a grid becomes cells, and the shape of these. */
type Reduction = (rows: Rows) => Row;

const byClass = (rows: Rows): Row => rows.map(mean);
/** Weights are those of classes: samples of a class count the same. */
const bySample = (rows: Rows): Row =>
  (rows[0] ?? []).map((first, column) => ({
    ...mean(rows.flatMap((row) => row.slice(column, column + 1)).map(unweighted)),
    weight: first.weight,
  }));

const reductions: { readonly [K in CompleteMetric['reduction']]: Reduction } = {
  none: (rows) => rows.flat(),
  mean: (rows) => [mean(rows.flat())],
  'class-mean': byClass,
  'sample-mean': bySample,
  'class-then-sample': (rows) => [mean(byClass(rows))],
  'sample-then-class': (rows) => [mean(bySample(rows))],
};

/**
 * The result from the grid. Skipped cells take no part in a mean, nor do means over nothing, which are NaN,
 * as a skipped cell of the grid is.
 */
export function reducedScores(
  kind: CompleteMetric['reduction'],
  shape: readonly number[],
  rows: Rows,
): Float64Tensor {
  const cells = reductions[kind](rows);
  const list = kind === 'class-mean' || kind === 'sample-mean' ? [cells.length] : [];
  const data = cells.map(({ score, skipped }) => (skipped ? Number.NaN : score));
  return { shape: kind === 'none' ? shape : list, data: Float64Array.from(data) };
}

/** `Σ v s / Σ v` of the cells that take part, 0 where the weights are all 0; a cell of weight 1. */
function mean(cells: Row): MetricCell {
  const taking = cells.filter(({ skipped }) => !skipped);
  const total = taking.reduce((sum, { weight }) => sum + weight, 0);
  const sum = taking.reduce((all, { score, weight }) => all + weight * score, 0);
  // Where the weights are 0 the sum is, or NaN as one of the scores.
  return { score: total === 0 ? sum : sum / total, skipped: taking.length === 0, weight: 1 };
}

function unweighted(cell: MetricCell): MetricCell {
  return { ...cell, weight: 1 };
}
