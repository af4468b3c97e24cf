import { type Pooling, statisticsShape } from '../head/pooling.js';
import { compensatedSum } from '../numeric/compensated-sum.js';
import { type Float64Tensor, sizeOf } from '../tensor.js';

/** The voxel sums of a sample and class, or of several, by symbol. */
export type Sums<Symbol extends string> = Readonly<Record<Symbol, number>>;

/** The place of a plane in the grid of scores, or among statistics, whose classes stay apart. */
export function placeOf(
  pooling: Pooling,
  plane: number,
  classes: number,
  among: 'grid' | 'statistics',
): number {
  const merged = among === 'grid' && pooling.classes;
  const row = pooling.samples ? 0 : Math.floor(plane / classes);
  return merged ? row : row * classes + (plane % classes);
}

/** Sums of the planes that share a place. */
export function pooledSums<Symbol extends string>(
  symbols: readonly Symbol[],
  planes: readonly Sums<Symbol>[],
  count: number,
  place: (plane: number) => number,
): readonly Sums<Symbol>[] {
  return Array.from({ length: count }, (_, at) => {
    const members = planes.filter((__, plane) => place(plane) === at);
    const sum = (symbol: Symbol): number =>
      compensatedSum(members.length, (member) => members[member]?.[symbol] ?? 0);
    return Object.fromEntries(symbols.map((symbol) => [symbol, sum(symbol)])) as Sums<Symbol>;
  });
}

/** The sums as statistics, `[N, C']`, or `[C']` where samples are pooled. */
export function statisticsOf<Symbol extends string>(
  symbols: readonly Symbol[],
  planes: readonly Sums<Symbol>[],
  pooling: Pooling,
  samples: number,
  classes: number,
): Readonly<Record<string, Float64Tensor>> {
  const shape = statisticsShape(pooling, samples, classes);
  const cells = pooledSums(symbols, planes, sizeOf(shape), (plane) =>
    placeOf(pooling, plane, classes, 'statistics'),
  );
  return Object.fromEntries(
    symbols.map((symbol) => [
      symbol,
      { shape, data: Float64Array.from(cells, (sums) => sums[symbol]) },
    ]),
  );
}
