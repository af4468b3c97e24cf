import { shapeOf } from '../explain/overlap/shape.js';
import { printed } from '../expression/print.js';
import { type Plan, type PlanTerm, type PlanTermOf, planOf } from '../plan/plan.js';
import { compile } from '../program/compile.js';
import { SpecError } from '../schema/problem.js';

/**
 * Why two losses are one and the same wherever both can be used: their plans agree but for names and
 * ways of writing, or their programs do. Undefined where neither shows it.
 */
export function sameness(a: Plan, b: Plan): 'plan' | 'program' | undefined {
  if (normalForm(a) === normalForm(b)) return 'plan';
  return programText(a) === programText(b) ? 'program' : undefined;
}

/**
 * A plan as text, the same for every way of writing it:
 *
 * - names of terms are left out, and terms of weight 0 beside others;
 * - every index is the ratio `(I + n) / max(A P + B T + C I + d, f)`, divided by its own factor of I;
 * - class weights that are all 1 and not normalised are none;
 * - the target is how a class is marked, not how it is stored.
 */
export function normalForm(plan: Plan): string {
  return JSON.stringify(sortedKeys(normalPlan(plan)));
}

/** {@link normalForm} as an object. */
export function normalPlan(plan: Plan): Omit<Plan, 'target' | 'terms'> & {
  readonly target: unknown;
  readonly terms: readonly unknown[];
} {
  const used = plan.terms.filter(({ weight }) => weight !== 0);
  const terms = (used.length > 0 ? used : plan.terms).map(normalTerm);
  return { ...plan, target: normalTarget(plan), terms };
}

function normalTerm({ name: _, ...term }: PlanTerm): unknown {
  const weights = 'weights' in term && term.weights.kind === 'given' ? term.weights : undefined;
  const plain =
    weights?.values.every((value) => value === 1) === true &&
    (!('normalise' in weights) || weights.normalise === 'none');
  const weighted = plain ? { ...term, weights: { kind: 'none' } } : term;
  if (term.kind !== 'overlap') return weighted;
  const { gain, predicted, targeted } = shapeOf(term.index);
  const { numerator, denominator, floor } = term.smoothing;
  return {
    ...weighted,
    // The three factors of the denominator sum to that of I.
    index: [predicted / gain, targeted / gain],
    smoothing: [numerator / gain, denominator / gain, floor / gain],
    ...(term.power.cell === 1 && term.power.reduced === 1 ? { power: 1 } : {}),
    counting: normalCounting(term.counting),
  };
}

/** A power of 1 is a product; |p - t| is what minima count by. */
function normalCounting(counting: PlanTermOf<'overlap'>['counting']): unknown {
  if (!('exponent' in counting) || counting.exponent !== 1) return counting;
  return { kind: counting.kind === 'power' ? 'product' : 'minimum' };
}

/** Labels, planes of one class per voxel and any other planes mark a class the same way. */
function normalTarget({ target, voxels }: Plan): unknown {
  if ('ignore' in target && target.ignore !== undefined) return target;
  // A masked label becomes class 0, a masked plane no class.
  return voxels.kind === 'masked-inputs' && target.kind === 'labels' ? target : 'planes';
}

/** The expressions of loss and gradient, terms called by their places. */
function programText(plan: Plan): string {
  const numbered = { ...plan, terms: plan.terms.map((term, at) => ({ ...term, name: `t${at}` })) };
  const { loss, gradient } = compile(withPlanes(numbered), { spatialRank: 2 }).whole;
  return printed({ loss, gradient });
}

/** The same loss of target planes, where it has one. */
function withPlanes(plan: Plan): Plan {
  if (normalTarget(plan) !== 'planes' || plan.target.kind === 'binary') return plan;
  try {
    return planOf({
      ...plan,
      target: { kind: plan.voxels.kind === 'target-mass' ? 'soft' : 'multilabel' },
    });
  } catch (error) {
    if (error instanceof SpecError) return plan;
    throw error;
  }
}

/** The same value with the keys of every object in order. */
function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, part]) => [key, sortedKeys(part)]));
}
