import type { GoldenCase } from './golden-case.js';
import { importedMonaiMetric, importedTorchmetrics } from './imported-metrics.js';
import type { NotOurs } from './peer-loss.js';
import type { MetricBuilder, PeerMetric } from './peer-metric.js';
import { smKerasFScore, smKerasIouScore } from './sm-keras-metrics.js';

const builders: Readonly<Record<string, MetricBuilder>> = {
  'monai.metrics.compute_dice': importedMonaiMetric,
  'monai.metrics.compute_iou': importedMonaiMetric,
  'monai.metrics.compute_generalized_dice': importedMonaiMetric,
  'torchmetrics.functional.segmentation.dice_score': importedTorchmetrics,
  'torchmetrics.functional.segmentation.mean_iou': importedTorchmetrics,
  'torchmetrics.functional.segmentation.generalized_dice_score': importedTorchmetrics,
  'segmentation_models.metrics.FScore': smKerasFScore,
  'segmentation_models.metrics.IOUScore': smKerasIouScore,
};

/** The score and inputs of a case. */
export function peerMetric(golden: GoldenCase): PeerMetric | NotOurs {
  const builder = builders[golden.callable];
  if (builder === undefined) throw new TypeError(`no builder for ${golden.callable}`);
  return builder(golden);
}
