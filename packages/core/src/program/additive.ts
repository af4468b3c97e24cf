import { type Additive, termRule } from '../lower/term.js';
import { type Plan, planOf } from '../plan/plan.js';
import type { LossSpec } from '../spec/loss.js';

/** From the most that parts can be merged from to the least. */
const order: readonly Additive[] = ['voxels', 'samples', 'nothing'];

/** The least of what the terms of a plan are additive over. */
export function additiveOver({ terms }: Plan): Additive {
  const places = terms.map((term) => order.indexOf(termRule(term).additive(term)));
  return order[Math.max(...places)] ?? 'nothing';
}

/** What a loss is additive over, also where it is not compiled yet. */
export function additiveOf(spec: LossSpec | { readonly additive: Additive }): Additive {
  return 'additive' in spec ? spec.additive : additiveOver(planOf(spec));
}
