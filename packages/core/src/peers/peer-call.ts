import { shown } from '../schema/problem.js';
import type { PeerContext } from './context.js';
import { fromPeer, type PeerArguments, type PeerLevels, type PeerLoss } from './from-peer.js';
import type { PeerLibraryName } from './peer-class.js';
import { PeerError } from './peer-error.js';
import { isRecord } from './read-arguments.js';

/** A loss of another library as its code would make it: what readers of configs give. */
export interface PeerCall {
  readonly library: PeerLibraryName;
  /** The class, with or without its module. */
  readonly className: string;
  readonly args?: PeerArguments;
  readonly context: PeerContext;
}

/** Whether a value is meant to be a {@link PeerCall} rather than a spec. */
export function isPeerCall(value: unknown): value is PeerCall {
  return isRecord(value) && 'library' in value;
}

const libraries: readonly PeerLibraryName[] = ['monai', 'nnunet', 'smp', 'keras'];

/**
 * The spec of a call.
 *
 * @throws PeerError - listing everything that cannot be honoured, by name.
 */
export function importCall(call: PeerCall): PeerLoss | PeerLevels {
  const { library, className, args = {}, context } = call;
  if (!libraries.includes(library)) {
    const expected = libraries.map((name) => `'${name}'`).join(' | ');
    throw new PeerError([{ path: 'library', expected, received: shown(library) }]);
  }
  return fromPeer(library, className, args, context);
}
