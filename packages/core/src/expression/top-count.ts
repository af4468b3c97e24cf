/**
 * How many of N values the op `top` takes: `max(1, floor(N perMillion / 10^6))`.
 *
 * The share is a whole number of millionths, so that the product is exact up to N = 9e9, where a
 * product with a fraction could fall below a whole number: 29 % of 100 are 29, and 0.29 * 100 is less.
 */
export function topCount(values: number, perMillion: number): number {
  return Math.max(1, Math.floor((values * perMillion) / 1e6));
}
