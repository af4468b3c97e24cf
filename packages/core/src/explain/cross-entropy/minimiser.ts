import type { Plan, PlanTermOf } from '../../plan/plan.js';
import { type Minimiser, perfect } from '../facts/term-facts.js';

type CrossEntropyTerm = PlanTermOf<'cross-entropy'>;

/** Describes where a term is least. */
export function minimiser(plan: Plan, term: CrossEntropyTerm): Minimiser {
  if (term.weight < 0) {
    return { hard: 'none: the term falls with every error', soft: 'none: see hard' };
  }
  const exclusive = term.distribution === 'categorical';
  if (term.positive === 0 || term.negative === 0) {
    const everywhere = `not p = t: ${term.positive === 0 ? 'p = 0' : 'p = 1'} everywhere`;
    return { hard: everywhere, soft: everywhere };
  }
  const smoothed = term.labelSmoothing === 0 ? '' : ' with the smoothed target for t';
  const hard =
    smoothed === '' ? perfect : 'see soft: the smoothed target is not 0 or 1, and nor is p';
  return { hard, soft: exclusive ? shared(plan, term, smoothed) : separate(term) };
}

/** Classes compete for a voxel. */
function shared({ target }: Plan, term: CrossEntropyTerm, smoothed: string): string {
  const drawn = shift(term, 'equal shares');
  if (drawn !== undefined) return drawn;
  if (target.kind === 'soft' || target.kind === 'multilabel' || smoothed !== '') {
    const sums = term.activation === 'none' ? ', if the p of a voxel sum to 1' : '';
    return `p in proportion to v t over the scored classes of each voxel${smoothed}${sums}`;
  }
  return perfect;
}

/** Each class by itself. */
function separate(term: CrossEntropyTerm): string {
  const drawn = shift(term, '1/2');
  if (drawn !== undefined) return drawn;
  const { positive, negative } = term;
  if (positive === negative) return perfect;
  const opposite = negative === 1 ? '1 - t' : 'b (1 - t)';
  const factors =
    negative === 1
      ? 'a the factor of the positive part'
      : 'a and b the factors of the positive and the negative part';
  return `p = a t / (a t + ${opposite}), ${factors}`;
}

/** What moves the minimum away from the shares of the target. */
function shift(
  { focus, exponent, logarithm }: CrossEntropyTerm,
  middle: string,
): string | undefined {
  if (focus > 0) return `not at p = t: the focus draws p towards ${middle}`;
  if (exponent !== 1) {
    return `not at p = t: the exponent draws p ${exponent > 1 ? `towards ${middle}` : 'towards 0 and 1'}`;
  }
  return logarithm.kind === 'affine'
    ? 'not at p = t: the offset of the logarithm draws p towards 0 and 1'
    : undefined;
}
