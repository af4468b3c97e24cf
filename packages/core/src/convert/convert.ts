import type { PeerContext } from '../peers/context.js';
import { fromPeer } from '../peers/from-peer.js';
import type { PeerCall } from '../peers/peer-call.js';
import type { PeerClass, PeerLibraryName } from '../peers/peer-class.js';
import { PeerError } from '../peers/peer-error.js';
import { type Plan, planOf } from '../plan/plan.js';
import type { LevelsSpec } from '../spec/levels.js';
import type { LossSpec } from '../spec/loss.js';
import { deepFreeze } from '../spec/parse-spec.js';
import { candidatesOf } from './candidates.js';
import type { Conversion } from './conversion.js';
import { likelyClasses } from './likely-classes.js';
import { differences, distance, type Leaves, leavesOf } from './plan-distance.js';
import { type Flat, nearest, nestedArguments } from './search.js';
import { wrappedLevels, wrappedMask } from './wrapped.js';

/**
 * A spec as class and arguments of another library.
 *
 * The importer of every class of the library is searched: arguments are changed until the plan that comes
 * out is that of the spec. What is found is therefore right; what is not found differs as `nearest` says.
 *
 * @param context - As for importers; the target is that of the spec where it is left out.
 * @throws SpecError - where the spec is none.
 *
 * @example
 * ```ts
 * import { dice } from '@softdice/core';
 *
 * convert(dice({ target: 'labels', activation: 'softmax' }), 'monai', { channels: 4, rank: 3 });
 * // { found: true, call: { className: 'DiceLoss', args: { to_onehot_y: true, softmax: true }, … } }
 * ```
 */
export function convert(
  spec: LossSpec | LevelsSpec,
  library: PeerLibraryName,
  context: PeerContext,
): Conversion {
  if ('levels' in spec) return deepFreeze(wrappedLevels(spec, library, context, convertedPlan));
  const plan = planOf(spec);
  const found = convertedPlan(plan, library, context);
  return deepFreeze(
    found.found ? found : (wrappedMask(plan, library, context, convertedPlan) ?? found),
  );
}

/** A loss by a class that wraps no other. */
function convertedPlan(plan: Plan, library: PeerLibraryName, context: PeerContext): Conversion {
  const wanted = leavesOf(plan);
  const { same, other } = likelyClasses(library, plan);
  let best: Attempt | undefined;
  const better = (classes: readonly PeerClass[], paired: boolean): void => {
    for (const target of targetsOf(plan, context)) {
      for (const peerClass of classes) {
        if (best?.distance === 0) return;
        const attempt = attemptOf(peerClass, plan, wanted, { ...context, target }, paired);
        if (attempt === undefined) continue;
        if (attempt.distance < (best?.distance ?? Number.POSITIVE_INFINITY)) best = attempt;
      }
    }
  };
  better(same, false);
  better(same, true);
  // A class of more terms, some of which then weigh nothing.
  better(other, false);
  if (best?.distance === 0) return { found: true, call: best.call, notes: best.notes };
  return best === undefined
    ? { found: false, reason: `no class of ${library} takes such inputs` }
    : notFound(wanted, best);
}

function notFound(wanted: Leaves, { call, leaves }: Attempt): Conversion {
  const apart = differences(wanted, leaves);
  const first = apart
    .slice(0, 3)
    .map(({ place, found, wanted: one }) => `${place} ${found} instead of ${one}`);
  const more = apart.length > 3 ? ` and ${apart.length - 3} more` : '';
  return {
    found: false,
    reason: `nearest is ${call.className}, which has ${first.join(', ')}${more}`,
    nearest: { call, differences: apart },
  };
}

interface Attempt {
  readonly call: PeerCall;
  readonly notes: readonly string[];
  readonly distance: number;
  readonly leaves: Leaves;
}

/** The best arguments of one class; undefined where it takes none of the inputs. */
function attemptOf(
  peerClass: PeerClass,
  plan: Plan,
  wanted: Leaves,
  context: PeerContext,
  paired: boolean,
): Attempt | undefined {
  const { library, name, arguments: table } = peerClass;
  const imported = (flat: Flat): Omit<Attempt, 'call'> | undefined => {
    try {
      const peer = fromPeer(library, name, nestedArguments(flat, table), context);
      if (peer.kind !== 'loss') return undefined;
      const own = planOf(peer.spec);
      if (takes(own) < takes(plan)) return undefined;
      const leaves = leavesOf(own);
      return { notes: peer.notes, leaves, distance: distance(wanted, leaves) };
    } catch (error) {
      if (error instanceof PeerError) return undefined;
      throw error;
    }
  };
  const candidates = candidatesOf(table, plan, context);
  // Distances between classes, say, that the spec does not have.
  if (candidates.some(({ required, likely }) => required && likely.length === 0)) return undefined;
  const measure = (flat: Flat): number => imported(flat)?.distance ?? Number.POSITIVE_INFINITY;
  const flat = nearest(candidates, measure, paired);
  const found = imported(flat);
  if (found === undefined) return undefined;
  const args = nestedArguments(flat, table);
  return { ...found, call: { library, className: name, args, context } };
}

/** How much a target can hold: any values, any planes of 0 and 1, or one class per voxel. */
function takes({ target }: Plan): number {
  if (target.kind === 'soft') return 2;
  return target.kind === 'multilabel' || target.kind === 'binary' ? 1 : 0;
}

/** How the library may be given the target, the way of the spec first. */
function targetsOf(
  plan: Plan,
  { target }: PeerContext,
): readonly NonNullable<PeerContext['target']>[] {
  if (target !== undefined) return [target];
  switch (plan.target.kind) {
    case 'labels':
    case 'binary':
      return ['sparse', 'onehot'];
    case 'one-hot':
      return ['onehot', 'sparse'];
    case 'multilabel':
      return ['onehot'];
    case 'soft':
      return ['soft'];
  }
}
