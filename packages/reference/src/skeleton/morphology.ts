import { accumulate, type SpatialMap } from './spatial-map.js';
import { largest, smallest } from './window.js';

/**
 * Erosion: the smallest of the minima along the dimensions. Where two are equal, each has half of
 * the derivative, the dimensions taken in order: the first two, their minimum and the third.
 *
 * Source: MONAI `soft_erode`; torch `min` of two tensors halves the derivative at a tie.
 */
export function erosion(x: Float64Array, spatial: readonly number[]): SpatialMap {
  const [first, ...rest] = spatial.map((_, dimension) => smallest(x, spatial, dimension));
  if (first === undefined) return { value: x, pullback: (slope) => slope };
  return rest.reduce(lesser, first);
}

function lesser(a: SpatialMap, b: SpatialMap): SpatialMap {
  const shareOfA = a.value.map((value, at) => {
    const other = b.value[at] ?? 0;
    return value < other ? 1 : value === other ? 0.5 : 0;
  });
  return {
    value: a.value.map((value, at) => Math.min(value, b.value[at] ?? 0)),
    pullback: (slope) => {
      const byX = a.pullback(slope.map((outer, at) => outer * (shareOfA[at] ?? 0)));
      accumulate(byX, b.pullback(slope.map((outer, at) => outer * (1 - (shareOfA[at] ?? 0)))));
      return byX;
    },
  };
}

/**
 * Dilation: the maximum over all voxels that differ by at most 1 in every dimension, taken along one
 * dimension after the other.
 *
 * Source: MONAI `soft_dilate`.
 */
export function dilation(x: Float64Array, spatial: readonly number[]): SpatialMap {
  return spatial.reduce<SpatialMap>(
    (inner, _, dimension) => {
      const outer = largest(inner.value, spatial, dimension);
      return { value: outer.value, pullback: (slope) => inner.pullback(outer.pullback(slope)) };
    },
    { value: x, pullback: (slope) => slope },
  );
}
