import { filled, type NamedArray, positions } from './named-array.js';

/** The numbers of a score, NaN where one is not defined. */
export function scored(value: NamedArray, defined: NamedArray): NamedArray {
  const { axes, shape } = value;
  const from = positions(defined, axes, shape);
  return filled(axes, shape, (at) =>
    defined.data[from[at] ?? 0] === 1 ? (value.data[at] ?? Number.NaN) : Number.NaN,
  );
}
