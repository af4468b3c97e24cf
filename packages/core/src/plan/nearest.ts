/**
 * For each of `to` positions along an axis, the nearest of `from`: the one that holds its centre,
 * `floor((2 i + 1) from / (2 to))`, in whole numbers.
 *
 * This is torch's interpolation `nearest-exact`. torch rounds `from / to` to float32, so that a
 * centre on the border of two positions may fall on the other side there; sizes that halve, rounded up
 * or not, have no such centre that it misses.
 */
export function nearestIndices(from: number, to: number): readonly number[] {
  return Array.from({ length: to }, (_, at) => Math.floor(((2 * at + 1) * from) / (2 * to)));
}

/** A shape whose last axes have other sizes: as many as are given. */
export function withSpatial(
  shape: readonly number[],
  spatial: readonly number[],
): readonly number[] {
  return spatial.length === 0 ? shape : [...shape.slice(0, -spatial.length), ...spatial];
}
