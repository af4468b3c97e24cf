import type { PeerContext } from './context.js';
import { fromPeer, type PeerArguments, type PeerLevels, type PeerLoss } from './from-peer.js';

/**
 * The loss of an nnU-Net class; see {@link fromMonai}. `DeepSupervisionWrapper` gives levels.
 *
 * @example
 * ```ts
 * const { spec } = fromNnunet(
 *   'DC_and_CE_loss',
 *   { soft_dice_kwargs: { batch_dice: true, smooth: 1e-5, do_bg: false }, ce_kwargs: {} },
 *   { channels: 4, rank: 3 },
 * );
 * ```
 */
export function fromNnunet(
  className: 'DeepSupervisionWrapper',
  args: PeerArguments,
  context: PeerContext,
): PeerLevels;
export function fromNnunet(
  className: NnunetLossName,
  args: PeerArguments,
  context: PeerContext,
): PeerLoss;
export function fromNnunet(
  className: string,
  args: PeerArguments,
  context: PeerContext,
): PeerLoss | PeerLevels;
export function fromNnunet(
  className: string,
  args: PeerArguments,
  context: PeerContext,
): PeerLoss | PeerLevels {
  return fromPeer('nnunet', className, args, context);
}

/** The loss classes of nnU-Net, those that wrap others aside. */
export type NnunetLossName =
  | 'SoftDiceLoss'
  | 'MemoryEfficientSoftDiceLoss'
  | 'DC_and_CE_loss'
  | 'DC_and_BCE_loss'
  | 'DC_and_topk_loss';
