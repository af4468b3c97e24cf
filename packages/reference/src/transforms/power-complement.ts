import { atLeast, raised, through } from '../numeric/dual.js';
import type { Transform } from './transform.js';

/**
 * `1 - max(s, floor)^k`, with derivative `-k s^(k-1)` above the floor.
 *
 * Source: PyMIC `FocalDiceLoss`, `1 - D^(1/beta)`; Wang and Chung 2018 (doi 10.1007/978-3-030-00889-5_14).
 */
export function powerComplement({
  exponent,
  floor,
}: {
  readonly exponent: number;
  readonly floor: number;
}): Transform {
  return (s) => {
    const power = raised(atLeast(s, floor), exponent);
    return through(power, 1 - power.value, -1);
  };
}
