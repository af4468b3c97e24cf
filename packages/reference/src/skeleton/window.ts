import type { SpatialMap } from './spatial-map.js';

/** The share of the derivative that each of three voxels in a row has; they add up to 1. */
type Shares = readonly [before: number, own: number, after: number];

/** 1 where the first is smaller, 1/2 where both are equal, else 0. */
function preference(first: number, second: number): number {
  return first < second ? 1 : first === second ? 0.5 : 0;
}

/** The voxel itself against the smaller of its neighbours, and those against each other. */
function sharesOf(before: number, own: number, after: number): Shares {
  const mine = preference(own, Math.min(before, after));
  const left = preference(before, after);
  return [(1 - mine) * left, mine, (1 - mine) * (1 - left)];
}

/**
 * The minimum of each voxel and its two neighbours along one dimension; outside there is nothing.
 *
 * Source: MONAI `soft_erode`, max pooling of -x with a window of 3 whose padding is minus infinity.
 */
export function smallest(
  x: Float64Array,
  spatial: readonly number[],
  dimension: number,
): SpatialMap {
  const length = spatial[dimension] ?? 1;
  const step = spatial.slice(dimension + 1).reduce((product, size) => product * size, 1);
  const neighbours = (at: number): readonly [number, number] => {
    const place = Math.floor(at / step) % length;
    return [place > 0 ? at - step : -1, place < length - 1 ? at + step : -1];
  };
  const valueAt = (at: number): number => x[at] ?? Number.POSITIVE_INFINITY;
  return {
    value: x.map((own, at) => {
      const [before, after] = neighbours(at);
      return Math.min(own, valueAt(before), valueAt(after));
    }),
    pullback: (slope) => {
      const byX = new Float64Array(x.length);
      slope.forEach((outer, at) => {
        const [before, after] = neighbours(at);
        const shares = sharesOf(valueAt(before), valueAt(at), valueAt(after));
        [before, at, after].forEach((place, which) => {
          if (place >= 0) byX[place] = (byX[place] ?? 0) + outer * (shares[which] ?? 0);
        });
      });
      return byX;
    },
  };
}

/** The maximum: minus the minimum of -x, with the derivative of that. */
export function largest(
  x: Float64Array,
  spatial: readonly number[],
  dimension: number,
): SpatialMap {
  const negative = smallest(
    x.map((value) => -value),
    spatial,
    dimension,
  );
  return { value: negative.value.map((value) => -value), pullback: negative.pullback };
}
