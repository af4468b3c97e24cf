import type { Counting } from '../counting/counting.js';
import { compensatedSum } from '../numeric/compensated-sum.js';
import { type Dual, variable } from '../numeric/dual.js';
import { type Float64Tensor, sizeOf } from '../tensor.js';
import type { OverlapTerm } from '../terms/overlap-term.js';
import { presenceOf, targetMass } from '../terms/statistics.js';
import { transformOf } from '../transforms/transform.js';
import { type Cell, cellOf, powered } from './cell.js';
import { type Addend, addendsOf, addSlopes, cellSums, type Statistics } from './cell-sums.js';
import { type ClassFactors, classFactors } from './class-weights.js';
import { gridShape, poolingOf } from './pooling.js';
import { type Destination, reductionOf } from './reduction.js';

/** What the statistics of a term are worth. */
export interface HeadValue {
  readonly loss: Float64Tensor;
  readonly scores: Float64Tensor;
  /** Derivative of `Σ cotangent · loss` by each statistic, shaped like it; M has none. */
  readonly pullback: (cotangent: ArrayLike<number>) => Readonly<Record<string, Float64Array>>;
}

interface PlacedCell extends Cell {
  readonly addends: readonly Addend[];
  readonly absent: boolean;
}

/**
 * From statistics to scores and loss: weights in the sums, classes merged, score, transform, power,
 * absent cells, weights on the loss, reduction, transform of a mean score, power of the reduced loss.
 *
 * Within a cell the derivatives are dual numbers; between cells all is linear but the last power.
 */
export function overlapHead(
  term: OverlapTerm,
  counting: Counting,
  statistics: Statistics,
  samples: number,
  classes: number,
): HeadValue {
  const pooling = poolingOf(term.per);
  const factors = classFactors(
    term.weights,
    massesOf(statistics, pooling.samples ? 1 : samples, classes),
  );
  const cells = cellsOf(term, counting, statistics, factors);
  const shape = gridShape(pooling, samples, classes);
  const columns = pooling.classes ? 1 : classes;
  const { shape: reducedShape, destinations } = reductionOf(term.reduction, {
    shape,
    rows: cells.length / columns,
    columns,
    present: (row, column) =>
      term.absent.kind !== 'skip' || cells[row * columns + column]?.absent === false,
    weight: (row, column) => (pooling.classes ? 1 : (factors[row]?.[column]?.mean ?? 1)),
  });
  const losses = reduced(sizeOf(reducedShape), cells, destinations).map((total) =>
    powered(
      term.transformed === 'mean' ? transformOf(term.transform)(total) : total,
      term.power.reduced,
      term.power.floor,
    ),
  );
  return {
    loss: { shape: reducedShape, data: Float64Array.from(losses, ({ value }) => value) },
    scores: { shape, data: Float64Array.from(cells, ({ score }) => score) },
    pullback: (cotangent) => {
      const slopes = Object.fromEntries(
        Object.keys(counting.maps).map((symbol) => [
          symbol,
          new Float64Array(statistics[symbol]?.data.length ?? 0),
        ]),
      );
      cells.forEach(({ addends, loss }, at) => {
        const { output = 0, share = 0 } = destinations[at] ?? {};
        const outer = (cotangent[output] ?? 0) * (losses[output]?.slopes[0] ?? 0) * share;
        addSlopes(addends, loss.slopes, outer, slopes);
      });
      return slopes;
    },
  };
}

function cellsOf(
  term: OverlapTerm,
  counting: Counting,
  statistics: Statistics,
  factors: readonly (readonly ClassFactors[])[],
): readonly PlacedCell[] {
  const pooling = poolingOf(term.per);
  const places = factors.map((ofRow, row) =>
    ofRow.map((one, column) => ({ place: row * ofRow.length + column, factors: one })),
  );
  /** The classes that each cell merges, with their places in the statistics. */
  const merged = pooling.classes ? places : places.flat().map((one) => [one]);
  return merged.map((members) => {
    const addends = addendsOf(counting, members);
    const absent = isAbsent(
      term,
      statistics,
      members.map(({ place }) => place),
    );
    const [only] = members;
    const { score = 1, loss = 1 } = pooling.classes ? {} : (only?.factors ?? {});
    const cell = cellOf(term, cellSums(addends, statistics), { score, loss }, absent);
    return { ...cell, addends, absent };
  });
}

/** The target mass of each class by row; 0 where no choice asked for it. */
function massesOf(
  statistics: Statistics,
  rows: number,
  classes: number,
): readonly (readonly number[])[] {
  const masses = statistics[targetMass]?.data ?? [];
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: classes }, (_, column) => masses[row * classes + column] ?? 0),
  );
}

/** Whether the target mass of a cell, which no weight changes, is at most the threshold. */
function isAbsent(term: OverlapTerm, statistics: Statistics, places: readonly number[]): boolean {
  if (term.absent.kind === 'keep') return false;
  const masses = statistics[presenceOf(term)?.symbol ?? targetMass]?.data ?? [];
  const mass = compensatedSum(places.length, (at) => masses[places[at] ?? 0] ?? 0);
  return mass <= term.absent.threshold;
}

function reduced(
  count: number,
  cells: readonly Cell[],
  destinations: readonly Destination[],
): readonly Dual[] {
  const parts = Array.from({ length: count }, (): number[] => []);
  destinations.forEach(({ output, share }, at) => {
    parts[output]?.push(share * (cells[at]?.loss.value ?? 0));
  });
  return parts.map((addends) =>
    variable(
      compensatedSum(addends.length, (at) => addends[at] ?? 0),
      0,
      1,
    ),
  );
}
