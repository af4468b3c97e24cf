import type { PeerContext } from './context.js';
import { fromPeer, type PeerArguments, type PeerLevels, type PeerLoss } from './from-peer.js';

/**
 * The loss of a segmentation_models.pytorch class; see {@link fromMonai}. Before 0.4 the smoothing is of
 * another scale and the intersection a product.
 *
 * @param className - `DiceLoss`, `JaccardLoss`, `TverskyLoss` or `FocalLoss`.
 *
 * @example
 * ```ts
 * const { spec } = fromSmp('DiceLoss', { mode: 'multiclass', smooth: 1 }, { channels: 4, rank: 2 });
 * ```
 */
export function fromSmp(className: string, args: PeerArguments, context: PeerContext): PeerLoss;
export function fromSmp(
  className: string,
  args: PeerArguments,
  context: PeerContext,
): PeerLoss | PeerLevels {
  return fromPeer('smp', className, args, context);
}
