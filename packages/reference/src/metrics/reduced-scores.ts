import type { CompleteMetric } from '@softdice/core';
import { type CellGrid, type Destination, reductionOf } from '../head/reduction.js';
import { compensatedSum } from '../numeric/compensated-sum.js';
import { type Float64Tensor, sizeOf } from '../tensor.js';
import type { MetricCell } from './metric-cells.js';

type Kind = CompleteMetric['reduction'];

/**
 * The result from the grid: sums of shares of the cells that are not skipped.
 *
 * A mean over nothing is NaN, a skipped cell of the grid too.
 */
export function reducedScores(
  kind: Kind,
  shape: readonly number[],
  rows: readonly (readonly MetricCell[])[],
): Float64Tensor {
  const grid: CellGrid = {
    shape,
    rows: rows.length,
    columns: rows[0]?.length ?? 0,
    present: (row, column) => rows[row]?.[column]?.skipped === false,
    weight: (row, column) => rows[row]?.[column]?.weight ?? 1,
  };
  const { shape: reduced, destinations } =
    kind === 'sample-mean' ? sampleMean(grid) : reductionOf(kind, grid);
  const parts = Array.from({ length: sizeOf(reduced) }, (): number[] => []);
  rows.flat().forEach(({ score, skipped }, at) => {
    const { output = 0, share = 0 } = destinations[at] ?? {};
    if (!skipped) parts[output]?.push(share * score);
  });
  const data = parts.map((addends) =>
    addends.length === 0
      ? Number.NaN
      : compensatedSum(addends.length, (at) => addends[at] ?? Number.NaN),
  );
  return { shape: reduced, data: Float64Array.from(data) };
}

/** Per class, the mean over the samples that take part. */
function sampleMean({ rows, columns, present }: CellGrid): ReturnType<typeof reductionOf> {
  const samples = Array.from({ length: rows }, (_, row) => row);
  const destinations = samples.flatMap((row) =>
    Array.from({ length: columns }, (_, column): Destination => {
      const taking = samples.filter((sample) => present(sample, column)).length;
      return { output: column, share: present(row, column) ? 1 / taking : 0 };
    }),
  );
  return { shape: [columns], destinations };
}
