import type { OverlapTerm } from '../terms/overlap-term.js';

/** The cells that a reduction reads: rows are samples (or one), columns classes (or one). */
export interface CellGrid {
  readonly shape: readonly number[];
  readonly rows: number;
  readonly columns: number;
  /** Whether a cell of row and column takes part in means. */
  readonly present: (row: number, column: number) => boolean;
  /** Weight of a cell in means over classes; of a column, where samples are averaged first. */
  readonly weight: (row: number, column: number) => number;
}

/** A reduction as a linear map: `L[output] = Σ share · l` over the cells of that output. */
export interface Reduction {
  readonly shape: readonly number[];
  readonly output: (row: number, column: number) => number;
  readonly share: (row: number, column: number) => number;
}

/** Where a cell goes, and multiplied by what. */
export interface Destination {
  readonly output: number;
  readonly share: number;
}

/** Weights over their sum: what a weighted mean multiplies by; all 0 where the sum is 0. */
function meanShares(weights: readonly number[]): (at: number) => number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return (at) => (total === 0 ? 0 : (weights[at] ?? 0) / total);
}

const times = <T>(count: number, give: (at: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, at) => give(at));

/** The weight of each class at one sample; 0 where it does not take part. */
const rowWeights = ({ columns, present, weight }: CellGrid, row: number): readonly number[] =>
  times(columns, (column) => (present(row, column) ? weight(row, column) : 0));

const anyPresentInRow = (grid: CellGrid, row: number): boolean =>
  times(grid.columns, (column) => grid.present(row, column)).includes(true);

/** `Σ v l / Σ v` over all cells that take part. */
function mean(grid: CellGrid): Reduction {
  const shares = meanShares(times(grid.rows, (row) => rowWeights(grid, row)).flat());
  return {
    shape: [],
    output: () => 0,
    share: (row, column) => shares(row * grid.columns + column),
  };
}

/** `Σ l` over all cells. */
function sum(): Reduction {
  return { shape: [], output: () => 0, share: () => 1 };
}

/** The cells themselves. */
function none({ shape, columns }: CellGrid): Reduction {
  return { shape, output: (row, column) => row * columns + column, share: () => 1 };
}

/** Per sample, `Σ_c v l / Σ_c v` over the classes that take part; shape [N]. */
function classMean(grid: CellGrid): Reduction {
  const classShares = times(grid.rows, (row) => meanShares(rowWeights(grid, row)));
  return {
    shape: [grid.rows],
    output: (row) => row,
    share: (row, column) => classShares[row]?.(column) ?? 0,
  };
}

/** The mean of {@link classMean} over the samples in which any class takes part. */
function classThenSample(grid: CellGrid): Reduction {
  const perSample = classMean(grid);
  const sampleShares = meanShares(times(grid.rows, (row) => (anyPresentInRow(grid, row) ? 1 : 0)));
  return {
    shape: [],
    output: () => 0,
    share: (row, column) => perSample.share(row, column) * sampleShares(row),
  };
}

/** Per class, the mean over the samples that take part; then the weighted mean of such classes. */
function sampleThenClass({ rows, columns, present, weight }: CellGrid): Reduction {
  const taking = times(columns, (column) => times(rows, (row) => (present(row, column) ? 1 : 0)));
  const sampleShares = taking.map(meanShares);
  const classShares = meanShares(
    taking.map((samples, column) => (samples.some((one) => one > 0) ? weight(0, column) : 0)),
  );
  return {
    shape: [],
    output: () => 0,
    share: (row, column) => (sampleShares[column]?.(row) ?? 0) * classShares(column),
  };
}

const reductions: { readonly [K in OverlapTerm['reduction']]: (grid: CellGrid) => Reduction } = {
  mean,
  sum,
  none,
  'class-mean': classMean,
  'class-then-sample': classThenSample,
  'sample-then-class': sampleThenClass,
};

/** The shape of the reduced loss, and where each cell goes, row by row. */
export function reductionOf(
  kind: OverlapTerm['reduction'],
  grid: CellGrid,
): { readonly shape: readonly number[]; readonly destinations: readonly Destination[] } {
  const { shape, output, share } = reductions[kind](grid);
  const destinations = times(grid.rows, (row) =>
    times(grid.columns, (column) => ({ output: output(row, column), share: share(row, column) })),
  ).flat();
  return { shape, destinations };
}

/** Shape of the reduced loss of a grid with that shape. */
export function reducedShape(
  kind: OverlapTerm['reduction'],
  grid: readonly number[],
): readonly number[] {
  if (kind === 'none') return grid;
  return kind === 'class-mean' ? grid.slice(0, 1) : [];
}
