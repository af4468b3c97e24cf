import type { Dtype } from '../dtype.js';
import type { SpatialRank } from '../layout.js';
import type { ExportOptions } from '../options.js';

/** How a loss is attached to a model: as {@link ExportOptions}, with what the model says left out. */
export interface AttachOptions
  extends Omit<ExportOptions, 'spatialRank' | 'dtype' | 'opset' | 'form' | 'blockSize'> {
  /** The value of the model that the loss is of: an output, or any value that a node computes. */
  readonly prediction: string;
  /** Number of spatial axes; needed where the model does not declare the shape of the prediction. */
  readonly spatialRank?: SpatialRank;
  /** Element type of the prediction; `'float32'` where neither this nor the model says it. */
  readonly dtype?: Dtype;
  /**
   * Names of added inputs and outputs by their own: `target`, `mask`, `cotangent`, `loss`, `gradient`,
   * `scores`, or that of a statistic.
   */
  readonly names?: Readonly<Record<string, string>>;
}
