import type { PeerContext } from './context.js';
import type { PeerArguments } from './from-peer.js';
import { fromMetric, type PeerMetric } from './metrics/from-metric.js';

/**
 * The hard score of a function of torchmetrics' segmentation for its own arguments; see {@link fromMonai}.
 *
 * @param name - `dice_score`, `mean_iou` or `generalized_dice_score`.
 * @throws PeerError - listing every argument that cannot be honoured, by name.
 *
 * @example
 * ```ts
 * const { metric } = fromTorchmetrics(
 *   'mean_iou',
 *   { num_classes: 4, input_format: 'index' },
 *   { channels: 4, rank: 2, prediction: 'sparse', target: 'sparse' },
 * );
 * ```
 */
export function fromTorchmetrics(
  name: string,
  args: PeerArguments,
  context: PeerContext,
): PeerMetric {
  return fromMetric('torchmetrics', name, args, context);
}
