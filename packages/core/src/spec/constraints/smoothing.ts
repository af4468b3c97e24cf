import type { Complete } from '../../schema/schema.js';
import type { smoothingSchema } from '../smoothing.js';

/** Whether the score of a class without mass is defined, and its slope no more than float32 holds. */
export function isDefined({
  numerator,
  denominator,
  floor,
}: Complete<typeof smoothingSchema>): boolean {
  const least = denominator + floor;
  return least >= 1e-16 && numerator <= 1e18 * least * least;
}
