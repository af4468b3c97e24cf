import type { GoldenCase } from './golden-case.js';
import { monaiComputeDice, monaiComputeGeneralizedDice, monaiComputeIou } from './monai-metrics.js';
import type { NotOurs } from './peer-loss.js';
import type { MetricBuilder, PeerMetric } from './peer-metric.js';
import { smKerasFScore, smKerasIouScore } from './sm-keras-metrics.js';
import { torchmetricsDiceScore } from './torchmetrics-dice-score.js';
import { torchmetricsGeneralizedDice } from './torchmetrics-generalized-dice.js';
import { torchmetricsMeanIou } from './torchmetrics-mean-iou.js';

const builders: Readonly<Record<string, MetricBuilder>> = {
  'monai.metrics.compute_dice': monaiComputeDice,
  'monai.metrics.compute_iou': monaiComputeIou,
  'monai.metrics.compute_generalized_dice': monaiComputeGeneralizedDice,
  'torchmetrics.functional.segmentation.dice_score': torchmetricsDiceScore,
  'torchmetrics.functional.segmentation.mean_iou': torchmetricsMeanIou,
  'torchmetrics.functional.segmentation.generalized_dice_score': torchmetricsGeneralizedDice,
  'segmentation_models.metrics.FScore': smKerasFScore,
  'segmentation_models.metrics.IOUScore': smKerasIouScore,
};

/** The score and inputs of a case. */
export function peerMetric(golden: GoldenCase): PeerMetric | NotOurs {
  const builder = builders[golden.callable];
  if (builder === undefined) throw new TypeError(`no builder for ${golden.callable}`);
  return builder(golden);
}
