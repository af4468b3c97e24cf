import { normalForm } from '../diff/normal-form.js';
import type { PeerContext } from '../peers/context.js';
import { fromPeer, peerClasses } from '../peers/from-peer.js';
import type { PeerClass, PeerLibraryName } from '../peers/peer-class.js';
import { PeerError } from '../peers/peer-error.js';
import { levelsPlanOf } from '../plan/levels.js';
import { type Plan, planOf } from '../plan/plan.js';
import type { LevelsSpec } from '../spec/levels.js';
import type { Conversion } from './conversion.js';

/** How a loss that is wrapped is converted. */
export type Convert = (plan: Plan, library: PeerLibraryName, context: PeerContext) => Conversion;

/** A loss of masked inputs by a class that masks those of another; undefined where there is none. */
export function wrappedMask(
  plan: Plan,
  library: PeerLibraryName,
  context: PeerContext,
  convert: Convert,
): Conversion | undefined {
  if (plan.voxels.kind !== 'masked-inputs') return undefined;
  const inner = convert({ ...plan, voxels: { kind: 'all' } }, library, context);
  if (!inner.found) return undefined;
  for (const wrapper of wrappers(library, false)) {
    const call = wrap(wrapper, inner, {});
    const spec = imported(call);
    if (spec === undefined || 'levels' in spec.spec) continue;
    if (normalForm(planOf(spec.spec)) === normalForm(plan)) {
      return { found: true, call, notes: spec.notes };
    }
  }
  return undefined;
}

/** Deep supervision by a class that takes one loss for all levels. */
export function wrappedLevels(
  spec: LevelsSpec,
  library: PeerLibraryName,
  context: PeerContext,
  convert: Convert,
): Conversion {
  const { levels, targets } = levelsPlanOf(spec);
  const [first] = levels;
  const form = (plan: Plan): string => normalForm(plan);
  if (first === undefined || levels.some(({ loss }) => form(loss) !== form(first.loss))) {
    return { found: false, reason: 'the levels have different losses, and a wrapper has one' };
  }
  const inner = convert(first.loss, library, { ...context, levels: levels.length });
  if (!inner.found) return inner;
  const weights = levels.map(({ weight }) => weight);
  for (const wrapper of wrappers(library, true)) {
    const list = Object.keys(wrapper.arguments).find(
      (name) => wrapper.arguments[name]?.kind.type === 'list',
    );
    const call = wrap(wrapper, inner, list === undefined ? {} : { [list]: weights });
    const found = imported(call);
    if (found === undefined || !('levels' in found.spec)) continue;
    const own = levelsPlanOf(found.spec);
    const same =
      own.targets === targets &&
      own.levels.length === levels.length &&
      own.levels.every(
        ({ weight, loss }, at) => weight === weights[at] && form(loss) === form(first.loss),
      );
    if (same) return { found: true, call, notes: found.notes };
  }
  return { found: false, reason: `no class of ${library} has levels with targets '${targets}'` };
}

function wrappers(library: PeerLibraryName, levels: boolean): readonly PeerClass[] {
  return peerClasses.filter(
    (one) => one.library === library && 'loss' in one.arguments && (one.levels === true) === levels,
  );
}

type Found = Extract<Conversion, { readonly found: true }>;

function wrap(
  { library, name }: PeerClass,
  { call }: Found,
  rest: Readonly<Record<string, unknown>>,
): Found['call'] {
  const { className, args = {}, context } = call;
  return { library, className: name, args: { loss: { class: className, args }, ...rest }, context };
}

function imported(call: Found['call']): ReturnType<typeof fromPeer> | undefined {
  try {
    return fromPeer(call.library, call.className, call.args ?? {}, call.context);
  } catch (error) {
    if (error instanceof PeerError) return undefined;
    throw error;
  }
}
