import type { CompleteSpec, CompleteTerm } from '../spec/loss.js';
import { completeSpec, deepFreeze } from '../spec/parse-spec.js';

/** A term of a plan: complete and named. */
export type PlanTerm = CompleteTerm & { readonly name: string };

/** A term of a plan of one kind. */
export type PlanTermOf<K extends PlanTerm['kind']> = Extract<PlanTerm, { readonly kind: K }>;

/**
 * A loss with nothing left to decide: every default explicit, every term named, frozen.
 *
 * A plan is JSON and a valid spec: saved files carry it, so that a later default cannot change them.
 */
export type Plan = Omit<CompleteSpec, 'terms'> & { readonly terms: readonly PlanTerm[] };

/** How target and mask are given: what a loss and a hard score have in common. */
export type Given = Pick<Plan, 'target' | 'voxels'>;

/**
 * Makes the plan of a loss.
 *
 * @throws SpecError - listing every violation at once.
 */
export function planOf(spec: unknown): Plan {
  const complete = completeSpec(spec);
  const taken = new Set(complete.terms.flatMap(({ name }) => (name === undefined ? [] : [name])));
  const terms = complete.terms.map((term): PlanTerm => {
    const name = term.name ?? freeName(defaultName(term), taken);
    taken.add(name);
    return { ...term, name };
  });
  return deepFreeze({ ...complete, terms });
}

/** What a term is called in reports: an overlap by its index, any other by its kind. */
function defaultName(term: CompleteTerm): string {
  return term.kind === 'overlap' ? term.index.kind : term.kind;
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  let count = 2;
  while (taken.has(`${wanted} ${count}`)) count += 1;
  return `${wanted} ${count}`;
}
