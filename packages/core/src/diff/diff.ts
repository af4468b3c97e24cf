import { importCall, isPeerCall, type PeerCall } from '../peers/peer-call.js';
import { type Plan, planOf } from '../plan/plan.js';
import type { LossSpec } from '../spec/loss.js';
import { deepFreeze } from '../spec/parse-spec.js';
import { apart, difference, type Pair } from './differ.js';
import { type Condition, meets } from './domain.js';
import { drawn } from './draw.js';
import type { Input } from './input.js';
import { type Common, commonInputs } from './inputs-of-both.js';
import { sameness } from './normal-form.js';
import { type Random, random } from './random.js';
import { type Relation, relationOf } from './relation.js';
import { type Judged, restrictionOf } from './restriction.js';
import { shrunk } from './shrink.js';
import { evaluatorOf, type Worth } from './worth.js';

/** How much is drawn. */
export interface DiffOptions {
  /** The same seed gives the same draws and the same result; 1 by default. */
  readonly seed?: number;
  /** How many inputs are drawn; 300 by default, 40 where voxels see their neighbours. */
  readonly draws?: number;
}

/** A small input on which two losses differ. */
export interface Counterexample {
  readonly differs: 'loss' | 'gradient';
  readonly a: Worth;
  readonly b: Worth;
}

/** How two losses compare on the inputs that both take. */
export type Diff = {
  /** The conditions of the inputs that both take. */
  readonly domain: readonly Condition[];
} & (
  | {
      /** Proved: written in one form, their plans or programs are the same. */
      readonly verdict: 'equal';
      readonly proof: 'plan' | 'program';
    }
  | {
      /** Not proved: so many random inputs showed no difference. */
      readonly verdict: 'no difference found';
      readonly draws: number;
    }
  | {
      readonly verdict: 'differ';
      readonly counterexample: Counterexample;
      /** Conditions under which so many draws showed no difference. */
      readonly equalWhere?: { readonly conditions: readonly Condition[]; readonly draws: number };
      /** What was found between the losses on every draw. */
      readonly relation?: Relation;
    }
  | {
      /** No network can be trained with both: they take different channels. */
      readonly verdict: 'not comparable';
      readonly reason: string;
    }
);

/**
 * Compares two losses, values and gradients, on all inputs that both take.
 *
 * ```
 * plans ─ normal form ─ equal? ─→ equal
 *                          └─ random inputs ─ a difference? ─→ shrunk counterexample, conditions that exclude it
 *                                                 └─→ no difference found in N draws
 * ```
 *
 * @param a - A spec, or constructor arguments of a library's class.
 * @throws SpecError - where one of them is no loss, or one of several levels.
 * @throws PeerError - where arguments cannot be honoured.
 *
 * @example
 * ```ts
 * import { dice, tversky } from '@softdice/core';
 *
 * diff(dice({ smoothing: { numerator: 2, denominator: 2 } }), tversky({ smoothing: { numerator: 1, denominator: 1 } }));
 * // { verdict: 'equal', proof: 'plan', … }
 * ```
 */
export function diff(
  a: LossSpec | PeerCall,
  b: LossSpec | PeerCall,
  options: DiffOptions = {},
): Diff {
  return deepFreeze(compared(planOf(specOf(a)), planOf(specOf(b)), options));
}

function specOf(loss: LossSpec | PeerCall): unknown {
  return isPeerCall(loss) ? importCall(loss).spec : loss;
}

function compared(a: Plan, b: Plan, options: DiffOptions): Diff {
  const common = commonInputs(a, b);
  const { seed = 1, draws = common.neighbours ? 40 : 300 } = options;
  const domain = common.declared;
  if (common.channels.length === 0)
    return { verdict: 'not comparable', domain, reason: apartReason };
  const proof = sameness(a, b);
  if (proof !== undefined) return { verdict: 'equal', domain, proof };
  const pair: Pair = { a: evaluatorOf(a), b: evaluatorOf(b) };
  const source = random(seed);
  const judged = judgedInputs(pair, common, source, draws);
  const differing = judged.filter(({ differs }) => differs !== undefined);
  if (differing.length === 0)
    return { verdict: 'no difference found', domain, draws: judged.length };
  const relation = relationOf(
    pair,
    judged.map(({ input }) => input),
  );
  const equalWhere = relation ? undefined : restrictionOf(pair, common, judged, source, draws);
  return {
    verdict: 'differ',
    domain,
    counterexample: smallest(pair, common, differing),
    ...(equalWhere === undefined ? {} : { equalWhere }),
    ...(relation === undefined ? {} : { relation }),
  };
}

const apartReason = 'no number of channels up to 8 and no target fits both';

function judgedInputs(
  pair: Pair,
  common: Common,
  source: Random,
  draws: number,
): readonly Judged[] {
  return Array.from({ length: draws }, () => drawn(source, common, [])).flatMap((input) =>
    input === undefined ? [] : [{ input, differs: difference(pair, input) }],
  );
}

/** The smallest of what the first differing inputs shrink to. */
function smallest(pair: Pair, common: Common, differing: readonly Judged[]): Counterexample {
  // Two values are plainer to see than two gradients.
  const losses = differing.filter(({ differs }) => differs === 'loss');
  const wanted = losses.length > 0 ? 'loss' : 'gradient';
  const holds = (input: Input): boolean =>
    common.channels.includes(input.channels) &&
    meets(input, common.declared) &&
    inRange(input, common) &&
    (wanted === 'loss'
      ? apart(pair.a.loss(input), pair.b.loss(input))
      : difference(pair, input) === wanted);
  const found = (losses.length > 0 ? losses : differing)
    .toSorted((one, other) => sizeOf(one.input) - sizeOf(other.input))
    .slice(0, common.neighbours ? 1 : 3)
    .map(({ input }) => shrunk(input, holds))
    .reduce((least, input) => (sizeOf(input) < sizeOf(least) ? input : least));
  return {
    differs: wanted,
    a: pair.a.worth(found),
    b: pair.b.worth(found),
  };
}

function inRange({ prediction, target, mask }: Input, common: Common): boolean {
  const shares = common.prediction === 'probabilities' ? [...prediction, ...target] : target;
  return shares.every((value) => value >= 0 && value <= 1) && mask.every((weight) => weight >= 0);
}

function sizeOf({ prediction, samples, rows, columns }: Input): number {
  return prediction.length + samples * rows * columns;
}
