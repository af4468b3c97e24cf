/** Numbers in row-major order with their shape; the last axis varies fastest. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/** A tensor of results, in double precision. */
export interface Float64Tensor extends Tensor {
  readonly data: Float64Array;
}

/** Number of elements of a shape; 1 for `[]`. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((size, axis) => size * axis, 1);
}

/** Whether two shapes are equal. */
export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}
