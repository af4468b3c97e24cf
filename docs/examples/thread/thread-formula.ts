import type { LossSpec, MetricSpec } from '@softdice/core';
import type { Tensor } from '@softdice/reference';

/** Prediction and target, channels first, every number exact in float32. */
export interface Inputs {
  /** What they are, for a reader: `2 images of 2 x 2 pixels, 1 channel`. */
  readonly are: string;
  readonly prediction: Tensor;
  readonly target: Tensor;
}

/** A formula as a loss, with the number that it gives. */
export interface LossAnswer {
  readonly kind: 'loss';
  /** As the thread means it; I, P and T are sums of p t, p and t. */
  readonly formula: string;
  /** The spec as one line of TypeScript. */
  readonly line: string;
  readonly spec: LossSpec;
  /** The loss of the reference, nine digits, with spaces between several. */
  readonly expected: string;
}

/** A formula that only scores. */
export interface MetricAnswer {
  readonly kind: 'metric';
  readonly formula: string;
  readonly line: string;
  readonly metric: MetricSpec;
  /** The scores, nine digits. */
  readonly expected: string;
}

/** A formula that is no loss. */
export interface Refusal {
  readonly kind: 'refused';
  readonly formula: string;
  readonly line: string;
  readonly json: unknown;
  /** The reason, as the error says it. */
  readonly expected: string;
}

export type Answer = LossAnswer | MetricAnswer | Refusal;

/** One question of the thread. */
export interface ThreadFormula {
  readonly letter: string;
  readonly title: string;
  readonly question: string;
  readonly answer: string;
  readonly inputs: Inputs;
  readonly answers: readonly Answer[];
}
