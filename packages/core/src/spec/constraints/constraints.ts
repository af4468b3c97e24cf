import type { Problem } from '../../schema/problem.js';
import type { CompleteSpec, CompleteTerm, TermOf } from '../loss.js';
import { type Constraint, problemsOf } from './constraint.js';
import { crossEntropyConstraints } from './cross-entropy.js';
import { lossConstraints } from './loss.js';
import { overlapConstraints } from './overlap.js';
import { termConstraints } from './term.js';
import { wassersteinConstraints } from './wasserstein.js';

/** Rules within a term, by its kind. */
export const kindConstraints: {
  readonly [K in CompleteTerm['kind']]: readonly Constraint<TermOf<K>>[];
} = {
  overlap: overlapConstraints,
  'cross-entropy': crossEntropyConstraints,
  wasserstein: wassersteinConstraints,
  'centerline-dice': [],
  'sensitivity-specificity': [],
};

/** Every violation of the constraints by a loss that is otherwise well-formed. */
export function lossProblems(spec: CompleteSpec): readonly Problem[] {
  return [
    ...spec.terms.flatMap((term, at) =>
      constraintsOf(term).flatMap((constraint) => problemsOf(constraint, term, `terms[${at}].`)),
    ),
    ...lossConstraints.flatMap((constraint) => problemsOf(constraint, spec, '')),
  ];
}

/** The rules of every term, then those of its kind. */
function constraintsOf(term: CompleteTerm): readonly Constraint<CompleteTerm>[] {
  const own = kindConstraints[term.kind] as readonly Constraint<CompleteTerm>[];
  return [...termConstraints, ...own];
}
