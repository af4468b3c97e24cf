import { planOf } from '../plan/plan.js';
import { compile } from '../program/compile.js';
import { sweeps } from '../program/sweeps.js';
import type { LossSpec } from '../spec/loss.js';
import { deepFreeze } from '../spec/parse-spec.js';
import { type Bounds, boundsOf } from './facts/bounds.js';
import { gradientOf } from './facts/gradient.js';
import { type Absent, type EmptyPrediction, measuredOf } from './facts/measured.js';
import { minimiserOf } from './facts/minimiser.js';
import type { GradientFacts, Minimiser } from './facts/term-facts.js';
import { type Formula, formulaOf } from './formula/formula.js';
import { factsOf } from './terms.js';
import type { Warning } from './warnings/rule.js';
import { warningsOf } from './warnings/warnings.js';

/** What a loss is and does, as frozen JSON. */
export interface Explanation {
  readonly formula: Formula;
  readonly gradient: GradientFacts;
  readonly bounds: Bounds;
  readonly minimiser: Minimiser;
  readonly absent: Absent;
  readonly emptyPrediction: EmptyPrediction;
  /** Other losses that this one equals. */
  readonly relations: readonly string[];
  readonly warnings: readonly Warning[];
  readonly sources: readonly string[];
  /** Passes over the voxels for loss and gradient. */
  readonly sweeps: number;
}

/**
 * Explains a loss: its formula, what its gradient does, its bounds and minimiser, what degenerate
 * inputs give, and what to look out for. Of several terms, texts have one line each where they differ.
 *
 * ```
 * spec ─ plan ─┬─ program ─→ formula, sweeps, values of degenerate inputs
 *              └─ choices ─→ gradient, bounds, minimiser, relations, warnings, sources
 * ```
 *
 * @throws SpecError - listing every violation at once.
 *
 * @example
 * ```ts
 * explain(dice({ target: 'labels', activation: 'softmax' })).formula.text;
 * // loss = mean over sample, class of 1 - (2 I + 1e-5) / (P + T + 1e-5)
 * // I = sum over voxel of p t
 * // ...
 * ```
 */
export function explain(spec: LossSpec): Explanation {
  const plan = planOf(spec);
  // The formula is the same for every number of spatial axes.
  const program = compile(spec, { spatialRank: 2 });
  return deepFreeze({
    formula: formulaOf(program),
    gradient: gradientOf(plan),
    bounds: boundsOf(plan),
    minimiser: minimiserOf(plan),
    ...measuredOf(plan),
    relations: distinct(plan.terms.flatMap((term) => factsOf(term).relations(term))),
    warnings: warningsOf(plan),
    sources: distinct(plan.terms.flatMap((term) => factsOf(term).sources(term))),
    sweeps: sweeps(program.whole.gradient),
  });
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
