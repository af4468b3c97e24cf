import type { LevelsInputs, LevelsSpec, LossSpec, Plan } from '@softdice/core';
import type { Batch, Tensor } from '../arbitraries/batch.js';
import type { Precision } from '../tolerance/precision.js';

/** A tensor that a backend returned. */
export interface Result {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/** Everything that a backend says about a loss on a batch. */
export interface Outcome {
  readonly loss: Result;
  readonly gradient: Result;
  /** Of the first term. */
  readonly scores: Result;
  /** By name, on the grid [N, C] or [C]. */
  readonly statistics: Readonly<Record<string, Result>>;
}

/** What a backend can do, and how much of it is worth testing. */
export interface Capabilities {
  /** Numbers of spatial axes; what is not listed is not supported. */
  readonly ranks: readonly number[];
  /** Random cases of the comparison with the reference, its speed considered. */
  readonly runs: number;
  /** The losses that it takes, others being refused; all by default. */
  readonly takes?: (plan: Plan) => boolean;
  /** The share of the strata and of the laws' cases that a slow backend runs; all by default. */
  readonly share?: number;
}

/** What a backend says about several levels. */
export interface LevelsOutcome {
  readonly loss: Result;
  readonly gradients: readonly Result[];
}

/** A backend under test, channels first at this border. */
export interface Target {
  readonly name: string;
  readonly precision: Precision;
  readonly evaluate: (spec: LossSpec, batch: Batch, cotangent?: Tensor) => Promise<Outcome>;
}

/** A backend that can also run the levels of deep supervision. */
export interface LevelsTarget extends Target {
  readonly evaluateLevels: (
    spec: LevelsSpec,
    inputs: LevelsInputs<Tensor>,
  ) => Promise<LevelsOutcome>;
}
