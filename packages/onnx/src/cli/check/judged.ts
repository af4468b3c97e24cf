import type { Plain } from './tensors.js';

/** How far an output is from what it should be. */
export interface Difference {
  readonly output: string;
  /** Relative to the scale of the output: the largest difference of an entry. */
  readonly difference: number;
  /** The expected and the received entry that differ most. */
  readonly expected: number;
  readonly received: number;
}

/**
 * The largest difference, divided by the largest expected size or `least`, whichever is larger; infinite
 * where an entry is no number or entries are missing.
 */
export function differenceOf(
  output: string,
  received: Plain,
  expected: { readonly data: ArrayLike<number> },
  least: number,
): Difference {
  const wanted = Array.from(expected.data);
  const scale = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), least);
  const none = { output, difference: 0, expected: wanted[0] ?? 0, received: received.data[0] ?? 0 };
  if (received.data.length !== wanted.length) {
    return { ...none, difference: Number.POSITIVE_INFINITY };
  }
  return wanted.reduce<Difference>((worst, value, at) => {
    const got = received.data[at] ?? Number.NaN;
    const off = Math.abs(got - value) / scale;
    const difference = Number.isNaN(off) ? Number.POSITIVE_INFINITY : off;
    return difference > worst.difference
      ? { output, difference, expected: value, received: got }
      : worst;
  }, none);
}
