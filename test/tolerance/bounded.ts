import { type Axis, type NamedArray, positions, sizeOf } from '@softdice/core';
import type { Precision } from './precision.js';

/** A float64 value and a bound on how far a rounded computation of it may be off, elementwise. */
export interface Bounded {
  readonly value: NamedArray;
  readonly error: Float64Array;
}

/** An element with its error bound. */
export type Element = readonly [value: number, error: number];

/** A value known exactly. */
export function exact(value: NamedArray): Bounded {
  return { value, error: new Float64Array(value.data.length) };
}

/** A given value as it is stored: off by its rounding, which is known. */
export function stored(value: NamedArray, precision: Precision): Bounded {
  return { value, error: value.data.map((x) => Math.abs(x - precision.stored(x))) };
}

/** Applies an error rule to each element of a result and the matching elements of its arguments. */
export function bounded(
  result: NamedArray,
  args: readonly Bounded[],
  rule: (result: number, ...args: Element[]) => number,
): Bounded {
  const at = args.map((arg) => positions(arg.value, result.axes, result.shape));
  const error = result.data.map((value, element) =>
    rule(
      value,
      ...args.map((arg, number): Element => {
        const from = at[number]?.[element] ?? 0;
        return [arg.value.data[from] ?? 0, arg.error[from] ?? 0];
      }),
    ),
  );
  return { value: result, error };
}

/** Sums of a quantity of each element over some axes, on the grid of the result. */
export function summed(
  x: Bounded,
  result: NamedArray,
  quantity: (value: number, error: number) => number,
): Float64Array {
  const total = new Float64Array(result.data.length);
  const group = positions(result, x.value.axes, x.value.shape);
  x.value.data.forEach((value, at) => {
    const to = group[at] ?? 0;
    total[to] = (total[to] ?? 0) + quantity(value, x.error[at] ?? 0);
  });
  return total;
}

/** Number of elements along some axes. */
export function lengthOver(array: NamedArray, axes: readonly Axis[]): number {
  return axes.reduce((product, axis) => product * sizeOf(array, axis), 1);
}
