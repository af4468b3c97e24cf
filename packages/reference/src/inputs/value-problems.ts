import type { Problem } from '@softdice/core';
import { sizeOf, type Tensor } from '../tensor.js';

/** What every value of an input must be. */
export interface Expectation {
  readonly expected: string;
  readonly holds: (value: number) => boolean;
  readonly fix?: string;
}

/** Any finite number. */
export const finite: Expectation = { expected: 'finite values', holds: Number.isFinite };

/** A finite number, at least 0. */
export const weight: Expectation = {
  expected: 'finite weights of at least 0',
  holds: (value) => Number.isFinite(value) && value >= 0,
};

/** Integers that are classes, or the ignore label. */
export function labels(classes: number, ignore: number | undefined): Expectation {
  const range = classes === Number.POSITIVE_INFINITY ? 'of at least 0' : `in [0, ${classes})`;
  const expected = `integer labels ${range}`;
  const holds = (value: number): boolean =>
    Number.isInteger(value) && value >= 0 && value < classes;
  return ignore === undefined
    ? { expected, holds, fix: 'name a label that counts nowhere as the ignore of the target' }
    : {
        expected: `${expected} or the ignore label ${ignore}`,
        holds: (value) => value === ignore || holds(value),
      };
}

/** 0 or 1, or the ignored value. */
export function hard(ignore: number | undefined): Expectation {
  const other = ignore === undefined ? '' : ` or the ignored value ${ignore}`;
  return {
    expected: `values 0 and 1${other}`,
    holds: (value) => value === 0 || value === 1 || value === ignore,
    fix: "divide a 0/255 mask by 255; use target 'soft' for values between 0 and 1",
  };
}

/** The first value that is not as expected, or a number of values that does not fit the shape. */
export function valueProblems(
  path: string,
  { shape, data }: Tensor,
  { expected, holds, fix }: Expectation,
): readonly Problem[] {
  const size = sizeOf(shape);
  if (data.length !== size) {
    const values = `${size} values for shape [${shape}]`;
    return [{ path, expected: values, received: `${data.length}` }];
  }
  for (let at = 0; at < size; at += 1) {
    const value = data[at] ?? Number.NaN;
    if (!holds(value)) {
      const received = `${value} at [${place(at, shape)}]`;
      return [{ path, expected, received, ...(fix === undefined ? {} : { fix }) }];
    }
  }
  return [];
}

/** The indices of a row-major position. */
function place(at: number, shape: readonly number[]): string {
  const indices: number[] = [];
  let rest = at;
  for (const size of shape.toReversed()) {
    indices.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return indices.join(', ');
}
