/**
 * A number with its derivatives by a few variables: forward-mode differentiation.
 *
 * Source: Griewank and Walther 2008, Evaluating Derivatives, chapter 3.
 */
export interface Dual {
  readonly value: number;
  /** The derivative by each variable, in the order of the variables. */
  readonly slopes: readonly number[];
}

/** Variable `at` of `count`: derivative 1 by itself, 0 by the others. */
export function variable(value: number, at: number, count: number): Dual {
  return { value, slopes: Array.from({ length: count }, (_, other) => (other === at ? 1 : 0)) };
}

/** A number that depends on no variable. */
export function constant(value: number): Dual {
  return { value, slopes: [] };
}

/** `Σ factor · x`, the derivatives likewise. */
export function combination(...terms: readonly (readonly [factor: number, x: Dual])[]): Dual {
  const count = Math.max(...terms.map(([, { slopes }]) => slopes.length));
  const slopes = Array.from({ length: count }, (_, at) =>
    terms.reduce((sum, [factor, x]) => sum + factor * (x.slopes[at] ?? 0), 0),
  );
  return { value: terms.reduce((sum, [factor, x]) => sum + factor * x.value, 0), slopes };
}

/** `f(x)` from the value and the derivative of f at x. */
export function through(x: Dual, value: number, slope: number): Dual {
  return { value, slopes: x.slopes.map((inner) => slope * inner) };
}

/** `x + c`. */
export function plus(x: Dual, addend: number): Dual {
  return { value: x.value + addend, slopes: x.slopes };
}

/** `a / b`, with derivative `(a' - (a / b) b') / b`. */
export function quotient(a: Dual, b: Dual): Dual {
  const value = a.value / b.value;
  const { slopes } = combination([1 / b.value, a], [-value / b.value, b]);
  return { value, slopes };
}

/** `max(x, floor)`, with derivative 1 above the floor, 0 below it and 1/2 at it. */
export function atLeast(x: Dual, floor: number): Dual {
  const slope = x.value > floor ? 1 : x.value < floor ? 0 : 0.5;
  return through(x, Math.max(x.value, floor), slope);
}

/** `x^k`, with derivative `k x^(k-1)`. */
export function raised(x: Dual, exponent: number): Dual {
  return through(x, x.value ** exponent, exponent * x.value ** (exponent - 1));
}
