/** A function of a map of voxels at one map, with its derivative there. */
export interface SpatialMap {
  readonly value: Float64Array;
  /** Derivative by the argument of a function of the value whose derivative by it is `slope`. */
  readonly pullback: (slope: Float64Array) => Float64Array;
}

/** Adds b to a. */
export function accumulate(a: Float64Array, b: ArrayLike<number>): void {
  for (let at = 0; at < a.length; at += 1) a[at] = (a[at] ?? 0) + (b[at] ?? 0);
}
