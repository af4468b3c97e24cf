import { through } from '../numeric/dual.js';
import type { Transform } from './transform.js';

/**
 * `log cosh x`, exact near 0 and without overflow.
 *
 * `cosh x - 1 = 2 sinh²(x/2)` keeps the digits that `log(cosh x)` loses where cosh x is near 1.
 */
function logOfCosh(x: number): number {
  const size = Math.abs(x);
  return size < 1
    ? Math.log1p(2 * Math.sinh(size / 2) ** 2)
    : size + Math.log1p(Math.exp(-2 * size)) - Math.LN2;
}

/**
 * `log cosh(1 - s)`, with derivative `-tanh(1 - s)`.
 *
 * Source: Jadon 2020 (arXiv:2006.14822), section III-N.
 */
export function logCosh(): Transform {
  return (s) => through(s, logOfCosh(1 - s.value), -Math.tanh(1 - s.value));
}
