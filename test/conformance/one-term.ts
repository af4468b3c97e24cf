import { type LossSpec, type Plan, type PlanTerm, planOf, type TermSpec } from '@softdice/core';
import type fc from 'fast-check';
import { type Case, type CaseOptions, cases } from '../arbitraries/batch.js';
import { overlapSpecs } from '../arbitraries/spec.js';
import type { Bounded } from '../tolerance/bounded.js';
import { boundsOf } from './bounds.js';
import { type Disagreement, disagreement } from './compare.js';
import type { Outcome, Target } from './target.js';

export type Overlap = Extract<TermSpec, { readonly kind: 'overlap' }>;

type OverlapPlan = Extract<PlanTerm, { readonly kind: 'overlap' }>;

/** Cases of one overlap term, changed as a law needs it; losses are taken of cells, which a law may reduce. */
export function oneTerm(
  change: (term: Overlap, spec: LossSpec) => Overlap,
  options: CaseOptions & { readonly shared?: (spec: LossSpec) => LossSpec } = {},
): fc.Arbitrary<Case> {
  const { shared = (spec) => spec, ...rest } = options;
  return cases({
    ...rest,
    spec: (channels) =>
      overlapSpecs(channels).map((spec) => {
        const changed = shared(spec);
        const term = { ...firstOverlap(planOf(spec)), transformed: 'cell' as const };
        return { ...changed, terms: [change(term, changed)] };
      }),
  });
}

/** The same inputs under a change of the only term. */
export function withTerm(drawn: Case, change: (term: Overlap) => Overlap): Case {
  return under(drawn, { ...drawn.spec, terms: [change(firstOverlap(drawn.plan))] });
}

/** The first term, which is an overlap. */
export function firstOverlap({ terms }: Plan): OverlapPlan {
  const [term] = terms;
  if (term?.kind !== 'overlap') throw new Error('the first term is no overlap');
  return term;
}

/** The same inputs under another loss. */
export function under(drawn: Case, spec: LossSpec): Case {
  return { ...drawn, spec, plan: planOf(spec) };
}

type Part = 'loss' | 'scores' | 'gradient';

/** Disagreements of a backend with itself on two cases, each within its own bounds. */
export async function selfDisagreements(
  target: Target,
  a: Case,
  b: Case,
  parts: readonly Part[],
  match: (outcome: Outcome) => Outcome = (outcome) => outcome,
): Promise<readonly Disagreement[]> {
  const left = await target.evaluate(a.spec, a.batch);
  const right = match(await target.evaluate(b.spec, b.batch));
  const bounds = [boundsOf(a, target.precision), boundsOf(b, target.precision)];
  return parts.map((part) =>
    disagreement(part, left[part], right[part], ...bounds.map((bound) => largest(bound[part]))),
  );
}

/** The largest error stands for all, where a law moves elements about. */
export function largest({ value, error }: Bounded): Bounded {
  return { value, error: Float64Array.of(error.reduce((most, one) => Math.max(most, one), 0)) };
}
