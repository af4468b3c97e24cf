import type { LevelsInputs, LevelsSpec, LossSpec } from '@softdice/core';
import type { Tensor } from '@softdice/reference';
import type { GoldenCase } from './golden-case.js';

/** A peer's loss as a spec, with its inputs as the spec takes them: channels first. */
export interface PeerLoss {
  readonly spec: LossSpec;
  readonly prediction: Tensor;
  readonly target: Tensor;
  readonly mask?: Tensor;
  /** Largest relative error of the peer's own sums, where not all of them are float64. */
  readonly roundoff?: number;
  /** Number of processes that share the batch, of which each has the gradients of all, added. */
  readonly processes?: number;
  /** What the peer does with the loss afterwards, where that is no part of the definition. */
  readonly afterwards?: Afterwards;
}

/** A peer's deep supervision; its gradient is that by the prediction of the first level. */
export interface PeerLevels {
  readonly levels: LevelsSpec;
  readonly inputs: LevelsInputs<Tensor>;
  readonly roundoff?: number;
}

/** The numbers that the peer returns, each as the weights of a sum of the elements of the loss. */
export type Afterwards = readonly (readonly number[])[];

/** Why a spec cannot say what the peer does. */
export interface NotOurs {
  readonly notOurs: string;
}

/** From a peer's constructor arguments and inputs to a spec. */
export type PeerBuilder = (golden: GoldenCase) => PeerLoss | NotOurs;
