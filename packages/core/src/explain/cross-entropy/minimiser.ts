import type { Plan, PlanTermOf } from '../../plan/plan.js';
import { type Minimiser, perfect } from '../facts/term-facts.js';

type CrossEntropyTerm = PlanTermOf<'cross-entropy'>;

/** Describes where a term is least. */
export function minimiser(plan: Plan, term: CrossEntropyTerm): Minimiser {
  if (term.weight < 0) {
    return { hard: 'none: the term falls with every error', soft: 'none: see hard' };
  }
  const exclusive = term.distribution === 'categorical';
  const smoothed = term.labelSmoothing === 0 ? '' : ' with the smoothed target for t';
  const hard =
    smoothed === '' ? perfect : 'see soft: the smoothed target is not 0 or 1, and nor is p';
  return { hard, soft: exclusive ? shared(plan, term, smoothed) : separate(term) };
}

/** Classes compete for a voxel. */
function shared({ target }: Plan, term: CrossEntropyTerm, smoothed: string): string {
  if (term.focus > 0) return 'not at p = t: the focus draws p towards equal shares';
  if (target.kind === 'soft' || target.kind === 'multilabel' || smoothed !== '') {
    const sums = term.activation === 'none' ? ', if the p of a voxel sum to 1' : '';
    return `p in proportion to v t over the scored classes of each voxel${smoothed}${sums}`;
  }
  return perfect;
}

/** Each class by itself. */
function separate({ positive, focus }: CrossEntropyTerm): string {
  if (focus > 0) return 'not at p = t: the focus draws p towards 1/2';
  return positive === 1 ? perfect : 'p = a t / (a t + 1 - t), a the factor of the positive part';
}
