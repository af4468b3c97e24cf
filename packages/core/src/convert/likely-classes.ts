import { fromPeer, peerClasses } from '../peers/from-peer.js';
import type { PeerClass, PeerLibraryName } from '../peers/peer-class.js';
import { PeerError } from '../peers/peer-error.js';
import { type Plan, planOf } from '../plan/plan.js';
import { nestedArguments } from './search.js';

/** The classes of a library that wrap no other: those whose terms are of the plan's kinds, then the rest. */
export function likelyClasses(
  library: PeerLibraryName,
  plan: Plan,
): { readonly same: readonly PeerClass[]; readonly other: readonly PeerClass[] } {
  const wanted = kindsOf(plan);
  const own = peerClasses.filter((one) => one.library === library && !('loss' in one.arguments));
  const judged = own.map((peerClass) => ({ peerClass, kinds: usualKinds(peerClass) ?? wanted }));
  return {
    same: judged.flatMap(({ peerClass, kinds }) => (kinds === wanted ? [peerClass] : [])),
    other: judged.flatMap(({ peerClass, kinds }) => (kinds === wanted ? [] : [peerClass])),
  };
}

function kindsOf({ terms }: Plan): string {
  const counted = terms.filter(({ weight }) => weight !== 0);
  return counted
    .map(({ kind }) => kind)
    .toSorted()
    .join();
}

/** What the terms of a class are with next to no arguments; undefined where it needs more of them. */
function usualKinds({ library, name, arguments: table }: PeerClass): string | undefined {
  const given = new Map(Object.hasOwn(table, 'mode') ? [['mode', 'multiclass']] : []);
  try {
    const args = nestedArguments(given, table);
    const peer = fromPeer(library, name, args, { channels: 2, rank: 2 });
    return peer.kind === 'loss' ? kindsOf(planOf(peer.spec)) : undefined;
  } catch (error) {
    if (error instanceof PeerError) return undefined;
    throw error;
  }
}
