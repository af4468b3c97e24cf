import type { PeerContext } from './context.js';
import { fromPeer, type PeerArguments, type PeerLevels, type PeerLoss } from './from-peer.js';

/**
 * The loss of a MONAI class for its own constructor arguments.
 *
 * `exact`, the default, gives the peer's numbers, oddities included; what no spec says throws and says
 * what differs. `corrected` gives what the arguments were meant to say and notes what differs.
 *
 * @param className - Such as `DiceLoss` or `monai.losses.DiceLoss`. `DeepSupervisionLoss` gives levels,
 *   of `{ loss: { class: 'DiceLoss', args: { softmax: true } } }`.
 * @throws PeerError - listing every argument that cannot be honoured, by name.
 *
 * @example
 * ```ts
 * const { spec, notes } = fromMonai(
 *   'DiceLoss',
 *   { softmax: true, to_onehot_y: true, include_background: false },
 *   { channels: 4, rank: 3 },
 * );
 * ```
 */
export function fromMonai(
  className: 'DeepSupervisionLoss',
  args: PeerArguments,
  context: PeerContext,
): PeerLevels;
export function fromMonai(
  className: MonaiLossName,
  args: PeerArguments,
  context: PeerContext,
): PeerLoss;
export function fromMonai(
  className: string,
  args: PeerArguments,
  context: PeerContext,
): PeerLoss | PeerLevels;
export function fromMonai(
  className: string,
  args: PeerArguments,
  context: PeerContext,
): PeerLoss | PeerLevels {
  return fromPeer('monai', className, args, context);
}

/** The loss classes of MONAI, those that wrap others aside. */
export type MonaiLossName =
  | 'DiceLoss'
  | 'MaskedDiceLoss'
  | 'GeneralizedDiceLoss'
  | 'GeneralizedWassersteinDiceLoss'
  | 'DiceCELoss'
  | 'DiceFocalLoss'
  | 'GeneralizedDiceFocalLoss'
  | 'TverskyLoss'
  | 'FocalLoss'
  | 'SoftclDiceLoss'
  | 'SoftDiceclDiceLoss'
  | 'AsymmetricUnifiedFocalLoss'
  | 'AsymmetricFocalLoss'
  | 'AsymmetricFocalTverskyLoss';
