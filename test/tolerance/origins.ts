import { type NamedArray, positions } from '@softdice/core';
import type { Bounded } from './bounded.js';

/** 0 where it is not known which number an element is a copy of. */
const unknown = 0;

/**
 * Which computed number each element is a copy of: minima, maxima and shifts round nothing, so that
 * copies of one number are equal in every arithmetic, whatever its error.
 */
export interface Origins {
  /** The error of a comparison or difference of two copies is 0; undefined where they may differ. */
  readonly same: (a: Bounded, b: Bounded, result: NamedArray) => (at: number) => boolean;
  /** Records that the result consists of elements of the arguments, chosen one by one. */
  readonly chosen: (
    result: Bounded,
    a: Bounded,
    b: Bounded,
    first: (x: number, y: number) => boolean,
  ) => Bounded;
  /** Records that the result consists of elements of the argument, moved; new ones are given as 0. */
  readonly moved: (result: Bounded, x: Bounded, move: (x: NamedArray) => NamedArray) => Bounded;
}

/** Origins of the values of one program. */
export function origins(): Origins {
  const known = new WeakMap<Bounded, Float64Array>();
  let next = 1;
  const of = (x: Bounded): Float64Array => {
    const found = known.get(x) ?? x.error.map(() => next++);
    known.set(x, found);
    return found;
  };
  const recorded = (x: Bounded, origin: Float64Array): Bounded => {
    known.set(x, origin);
    return x;
  };
  return {
    same: (a, b, result) => {
      const [left, right] = [known.get(a), known.get(b)];
      if (left === undefined || right === undefined) return () => false;
      const [fromA, fromB] = [a, b].map(({ value }) => positions(value, result.axes, result.shape));
      return (at) => {
        const origin = left[fromA?.[at] ?? 0] ?? unknown;
        return origin !== unknown && origin === right[fromB?.[at] ?? 0];
      };
    },
    chosen: (result, a, b, first) => {
      const { axes, shape } = result.value;
      const [fromA, fromB] = [positions(a.value, axes, shape), positions(b.value, axes, shape)];
      const [left, right] = [of(a), of(b)];
      const origin = result.error.map((_, at) => {
        const [atA, atB] = [fromA[at] ?? 0, fromB[at] ?? 0];
        const [one = unknown, other = unknown] = [left[atA], right[atB]];
        if (one === other) return one;
        const [x = 0, y = 0] = [a.value.data[atA], b.value.data[atB]];
        const slack = (a.error[atA] ?? 0) + (b.error[atB] ?? 0);
        if (Math.abs(x - y) <= slack && slack > 0) return unknown;
        return first(x, y) ? one : other;
      });
      return recorded(result, origin);
    },
    moved: (result, x, move) => recorded(result, move({ ...x.value, data: of(x) }).data),
  };
}
