import type { PeerContext } from './context.js';
import type { PeerArguments } from './from-peer.js';
import { fromMetric, type PeerMetric } from './metrics/from-metric.js';

/**
 * The hard score of a MONAI function for its own arguments; see {@link fromMonai}.
 *
 * @param name - `compute_dice`, `compute_iou` or `compute_generalized_dice`.
 * @throws PeerError - listing every argument that cannot be honoured, by name.
 *
 * @example
 * ```ts
 * const { metric } = fromMonaiMetric(
 *   'compute_dice',
 *   { include_background: false, num_classes: 4 },
 *   { channels: 4, rank: 3, prediction: 'sparse', target: 'sparse' },
 * );
 * ```
 */
export function fromMonaiMetric(
  name: string,
  args: PeerArguments,
  context: PeerContext,
): PeerMetric {
  return fromMetric('monai', name, args, context);
}
