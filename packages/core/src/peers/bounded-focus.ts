import type { CrossEntropyOptions } from '../presets/cross-entropy.js';
import type { Situation } from './situation.js';

/**
 * The logarithm for a focal factor of logits.
 *
 * An exponent below 1 has an infinite slope at p = 1, where peers have NaN: a spec keeps p away from it.
 */
export function boundedFocus(
  gamma: number,
  { note }: Pick<Situation, 'note'>,
): Pick<CrossEntropyOptions, 'logarithm' | 'floor'> {
  if (gamma === 0 || gamma >= 1) return {};
  note('gamma below 1 has an infinite slope at p = 1: p is kept 1e-9 away from 0 and 1');
  return { logarithm: 'clipped', floor: 1e-9 };
}
