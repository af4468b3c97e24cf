import type { CrossEntropyOptions } from '@softdice/core';

/**
 * The logarithm for a focal factor of logits.
 *
 * An exponent below 1 has an infinite slope at p = 1, where peers have NaN: a spec keeps p away from it.
 */
export function boundedFocus(gamma: number): Pick<CrossEntropyOptions, 'logarithm' | 'floor'> {
  return gamma > 0 && gamma < 1 ? { logarithm: 'clipped', floor: 1e-9 } : {};
}
