import type { Axis } from '../expression/node.js';

/** A float64 array over named axes, row-major in the order of `axes`. */
export interface NamedArray {
  readonly axes: readonly Axis[];
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

/** The size of an axis; 1 where the array lacks it. */
export function sizeOf(array: NamedArray, axis: Axis): number {
  const at = array.axes.indexOf(axis);
  return at < 0 ? 1 : (array.shape[at] ?? 1);
}

/** A scalar. */
export function scalar(value: number): NamedArray {
  return { axes: [], shape: [], data: Float64Array.of(value) };
}

/** An array of the given axes and sizes, filled by position. */
export function filled(
  axes: readonly Axis[],
  shape: readonly number[],
  value: (at: number) => number,
): NamedArray {
  const size = shape.reduce((product, length) => product * length, 1);
  return { axes, shape, data: Float64Array.from({ length: size }, (_, at) => value(at)) };
}

/**
 * For each element of a grid, the position of the matching element of an array; axes that the array
 * lacks do not move it.
 */
export function positions(
  array: NamedArray,
  axes: readonly Axis[],
  shape: readonly number[],
): Int32Array {
  const strides = axes.map((axis) => {
    const at = array.axes.indexOf(axis);
    return at < 0 ? 0 : array.shape.slice(at + 1).reduce((product, length) => product * length, 1);
  });
  const size = shape.reduce((product, length) => product * length, 1);
  const found = new Int32Array(size);
  const index = axes.map(() => 0);
  let position = 0;
  for (let at = 0; at < size; at++) {
    found[at] = position;
    for (let axis = axes.length - 1; axis >= 0; axis--) {
      const stride = strides[axis] ?? 0;
      const length = shape[axis] ?? 1;
      const next = (index[axis] ?? 0) + 1;
      if (next < length) {
        index[axis] = next;
        position += stride;
        break;
      }
      index[axis] = 0;
      position -= stride * (length - 1);
    }
  }
  return found;
}
