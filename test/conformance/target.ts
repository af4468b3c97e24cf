import type { LossSpec } from '@softdice/core';
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

/** A backend under test, channels first at this border. */
export interface Target {
  readonly name: string;
  readonly precision: Precision;
  /** How many random cases it is worth, its speed considered. */
  readonly runs: number;
  readonly evaluate: (spec: LossSpec, batch: Batch, cotangent?: Tensor) => Promise<Outcome>;
}
