import type { PeerContext } from './context.js';
import { fromPeer, type PeerArguments, type PeerLevels, type PeerLoss } from './from-peer.js';

/**
 * The loss of a Keras 3 class; see {@link fromMonai}. `axis` counts in Keras' layout, channels last
 * unless the context says otherwise.
 *
 * @param className - `Dice` or `Tversky`.
 *
 * @example
 * ```ts
 * const { spec } = fromKeras('Dice', { axis: [1, 2, 3] }, { channels: 4, rank: 2 });
 * ```
 */
export function fromKeras(className: string, args: PeerArguments, context: PeerContext): PeerLoss;
export function fromKeras(
  className: string,
  args: PeerArguments,
  context: PeerContext,
): PeerLoss | PeerLevels {
  return fromPeer('keras', className, args, context);
}
