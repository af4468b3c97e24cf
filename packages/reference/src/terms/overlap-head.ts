import type { Counting } from '../counting/counting.js';
import { cellOf, powered } from '../head/cell.js';
import { classFactors } from '../head/class-weights.js';
import { gridShape, poolingOf } from '../head/pooling.js';
import { reductionOf } from '../head/reduction.js';
import { compensatedSum } from '../numeric/compensated-sum.js';
import { type Dual, variables } from '../numeric/dual.js';
import { type Float64Tensor, sizeOf } from '../tensor.js';
import type { OverlapTerm } from './overlap-term.js';
import { targetMass } from './statistics.js';

/** What the statistics of a term are worth. */
export interface HeadValue {
  readonly loss: Float64Tensor;
  readonly scores: Float64Tensor;
  /** Derivative of `Σ cotangent · loss` by each statistic, shaped like it; M has none. */
  readonly pullback: (cotangent: ArrayLike<number>) => Readonly<Record<string, Float64Array>>;
}

/**
 * From statistics to scores and loss: weights in the sums, classes merged, score, transform, power,
 * absent cells, weights, reduction, power of the reduced loss.
 *
 * Differentiated by hand across the grid, where all is linear but the last power, and by dual
 * numbers within a cell.
 */
export function overlapHead(
  term: OverlapTerm,
  counting: Counting,
  statistics: Readonly<Record<string, Float64Tensor>>,
  samples: number,
  classes: number,
): HeadValue {
  const pooling = poolingOf(term.per);
  const rows = pooling.samples ? 1 : samples;
  const columns = pooling.classes ? 1 : classes;
  const factors = classFactors(term.weights, classes);
  /** The columns of the statistics of one cell. */
  const members = (column: number): readonly number[] =>
    pooling.classes ? factors.map((_, at) => at) : [column];
  const statistic = (symbol: string, row: number, at: number): number =>
    statistics[symbol]?.data[row * classes + at] ?? 0;

  /** `Σ factor · sum` over the members of a cell. */
  const pooled = (
    row: number,
    column: number,
    symbols: readonly string[],
    factor: (at: number) => number,
  ): number => {
    const parts = members(column).flatMap((at) =>
      symbols.map((symbol) => factor(at) * statistic(symbol, row, at)),
    );
    return compensatedSum(parts.length, (at) => parts[at] ?? 0);
  };
  const absentAt = (row: number, column: number): boolean =>
    term.absent.kind !== 'keep' &&
    pooled(row, column, [targetMass], () => 1) <= term.absent.threshold;

  const { sums } = counting;
  const inputs = [
    { symbols: sums.I, factor: (at: number): number => factors[at]?.overlap ?? 1 },
    { symbols: sums.I, factor: (at: number): number => factors[at]?.I ?? 1 },
    { symbols: sums.P, factor: (at: number): number => factors[at]?.sums ?? 1 },
    { symbols: sums.T, factor: (at: number): number => factors[at]?.sums ?? 1 },
  ] as const;

  const cells = Array.from({ length: rows * columns }, (_, cell) => {
    const row = Math.floor(cell / columns);
    const column = cell % columns;
    const values = inputs.map(({ symbols, factor }) => pooled(row, column, symbols, factor));
    const [overlap, I, P, T] = variables(values) as readonly [Dual, Dual, Dual, Dual];
    const absent = absentAt(row, column);
    const { score = 1, loss = 1 } = pooling.classes ? {} : (factors[column] ?? {});
    return { row, column, absent, ...cellOf(term, { overlap, I, P, T }, { score, loss }, absent) };
  });

  const shape = gridShape(pooling, samples, classes);
  const reduction = reductionOf(term.reduction, {
    shape,
    rows,
    columns,
    present: (row, column) =>
      term.absent.kind !== 'skip' || cells[row * columns + column]?.absent === false,
    weight: (column) => (pooling.classes ? 1 : (factors[column]?.mean ?? 1)),
  });
  const outputs = cells.map(({ row, column }) => reduction.output(row, column));
  const shares = cells.map(({ row, column }) => reduction.share(row, column));
  const reduced = Array.from({ length: sizeOf(reduction.shape) }, (): number[] => []);
  cells.forEach(({ loss }, at) => {
    reduced[outputs[at] ?? 0]?.push((shares[at] ?? 0) * loss.value);
  });
  const losses = reduced.map((parts) => {
    const [total] = variables([compensatedSum(parts.length, (at) => parts[at] ?? 0)]);
    return powered(total as Dual, term.power.reduced, term.power.floor);
  });

  return {
    loss: { shape: reduction.shape, data: Float64Array.from(losses, ({ value }) => value) },
    scores: { shape, data: Float64Array.from(cells, ({ score }) => score) },
    pullback: (cotangent) => {
      const slopes: Record<string, Float64Array> = Object.fromEntries(
        Object.keys(counting.maps).map((symbol) => [symbol, new Float64Array((pooling.samples ? 1 : samples) * classes)]),
      );
      cells.forEach(({ row, column, loss }, cell) => {
        const output = outputs[cell] ?? 0;
        const outer =
          (cotangent[output] ?? 0) * (losses[output]?.slopes[0] ?? 0) * (shares[cell] ?? 0);
        inputs.forEach(({ symbols, factor }, at) => {
          for (const member of members(column)) {
            for (const symbol of symbols) {
              const slope = slopes[symbol];
              const place = row * classes + member;
              if (slope !== undefined) {
                slope[place] =
                  (slope[place] ?? 0) + outer * (loss.slopes[at] ?? 0) * factor(member);
              }
            }
          }
        });
      });
      return slopes;
    },
  };
}
