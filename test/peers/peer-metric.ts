import type { LossSpec, MetricSpec } from '@softdice/core';
import type { Tensor } from '@softdice/reference';
import type { GoldenCase } from './golden-case.js';
import type { NotOurs } from './peer-loss.js';

/** A peer's score, with its inputs as the reference takes them: channels first. */
export interface PeerMetric {
  /** A hard score, or a soft one as minus the loss minus the score. */
  readonly measure: { readonly hard: MetricSpec } | { readonly soft: LossSpec };
  readonly prediction: Tensor;
  readonly target: Tensor;
  /** The number that the peer writes for NaN. */
  readonly undefinedAs?: number;
}

/** From a peer's arguments and inputs to a score. */
export type MetricBuilder = (golden: GoldenCase) => PeerMetric | NotOurs;
