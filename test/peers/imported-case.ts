import {
  fromPeer,
  type PeerContext,
  PeerError,
  type PeerLibraryName,
  type PeerLevels as SpecOfLevels,
  type PeerLoss as SpecOfLoss,
} from '@softdice/core/peers';
import type { GoldenCase } from './golden-case.js';
import type { NotOurs } from './peer-loss.js';

/** A case as the importers see it: arguments and context, nothing of its numbers. */
export interface ImportedCase {
  readonly library: PeerLibraryName;
  readonly className: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly context: PeerContext;
}

/** What a case's tensors and version say, for a prediction that is channels first. */
export function contextOf({
  input,
  target,
  layout,
  peerVersion,
  mask,
  levels = [],
}: GoldenCase): PeerContext {
  const [samples = 1, ...rest] = input.shape;
  const last = layout.endsWith('C');
  const channels = (last ? rest.at(-1) : rest[0]) ?? 1;
  const spatial = last ? rest.slice(0, -1) : rest.slice(1);
  return {
    channels,
    rank: spatial.length,
    layout,
    target: target.kind,
    version: peerVersion,
    mask: mask !== undefined,
    samples,
    voxels: spatial.reduce((product, size) => product * size, 1),
    levels: 1 + levels.length,
  };
}

/** The spec of a case by the importers, or what they refuse. */
export function specOf({
  library,
  className,
  args,
  context,
}: ImportedCase): SpecOfLoss | SpecOfLevels | NotOurs {
  try {
    return fromPeer(library, className, args, context);
  } catch (error) {
    if (!(error instanceof PeerError)) throw error;
    const reasons = error.problems.map(
      ({ path, expected, received, fix }) => `${path} ${received}: ${fix ?? `not ${expected}`}`,
    );
    return { notOurs: reasons.join('; ').replace(/; fidelity 'corrected'.*$/, '') };
  }
}
