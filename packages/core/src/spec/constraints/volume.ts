import type { TermOf } from '../loss.js';
import { type Constraint, fine } from './constraint.js';

type OverlapTerm = TermOf<'overlap'>;
type Volume = Extract<OverlapTerm['weights'], { readonly kind: 'volume' }>;

/** The largest weight that a class can have before any normalising. */
export function largestVolumeWeight({ power, absent }: Volume): number {
  if (absent.kind !== 'epsilon') return absent.floor ** -power;
  return absent.to === 'mass' ? absent.epsilon ** -power : 1 / absent.epsilon;
}

/** Decimal digits, so that a limit of `10^n` is met by `(10^-m)^-k` whatever its rounding. */
const digits = (value: number): number => Math.log10(value) - 1e-9;

/**
 * A bound of v / D and of v s / D, the derivatives of a score: with the least denominator m = d + f,
 * s is at most n / m where the sums are small and 1 where they are not.
 */
function steepest({ weights, smoothing }: OverlapTerm & { readonly weights: Volume }): number {
  const least = smoothing.denominator + smoothing.floor;
  const v = largestVolumeWeight(weights);
  const factor = weights.on === 'both-factors' ? v * Math.max(v, 1) : v;
  return (factor * Math.max(1, smoothing.numerator / least)) / least;
}

/** Rules of weights by volume. */
export const volumeConstraints: readonly Constraint<OverlapTerm>[] = [
  {
    number: 'C25',
    rule: "weights by volume of at most 1e20, and at most 1e26 (d + f), or 1e18 (d + f) with powers or transform 'log' or 'power-complement'; squared for both-factors and times n / (d + f) where that is above 1",
    fix: 'give the weights a larger floor or epsilon, or a smaller power: float32 overflows',
    violations: (term) => {
      const { weights, power, transform } = term;
      if (weights.kind !== 'volume') return fine;
      const steep = transform.kind === 'log' || transform.kind === 'power-complement';
      const plain = !steep && power.cell === 1 && power.reduced === 1;
      const holds =
        digits(largestVolumeWeight(weights)) <= 20 &&
        digits(steepest({ ...term, weights })) <= (plain ? 26 : 18);
      return holds ? fine : { 'weights.absent': weights.absent };
    },
  },
  {
    number: 'C26',
    rule: "a 'weighted-mean' by volume not with reduction 'sample-then-class', unless over 'batch'",
    fix: "the weights differ by sample: use 'class-then-sample', or over 'batch'",
    violations: ({ weights, reduction }) =>
      weights.kind === 'volume' &&
      weights.normalise === 'weighted-mean' &&
      weights.over === 'score' &&
      reduction === 'sample-then-class'
        ? { reduction }
        : fine,
  },
];
