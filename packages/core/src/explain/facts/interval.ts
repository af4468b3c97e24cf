/** All numbers from `least` to `most`; infinite where there is no bound. */
export interface Interval {
  readonly least: number;
  readonly most: number;
}

/** What a monotone function makes of an interval. */
export function mapped(x: Interval, f: (value: number) => number): Interval {
  return hull(f(x.least), f(x.most));
}

/** Multiples of the interval by each of the factors. */
export function scaled(x: Interval, factors: readonly number[]): Interval {
  const times = (value: number, factor: number): number => (factor === 0 ? 0 : value * factor);
  return hull(...factors.flatMap((factor) => [times(x.least, factor), times(x.most, factor)]));
}

/** Sums of one number from each. */
export function added(a: Interval, b: Interval): Interval {
  return { least: a.least + b.least, most: a.most + b.most };
}

/** The interval and a number. */
export function including(x: Interval, value: number): Interval {
  return hull(x.least, x.most, value);
}

/** The smallest interval with all the numbers. */
export function hull(...values: readonly number[]): Interval {
  return { least: Math.min(...values), most: Math.max(...values) };
}
