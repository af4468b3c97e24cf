import type { LossSpec } from '../spec/loss.js';
import type { WrappedLoss } from './argument.js';
import type { Importer } from './peer-class.js';

/** How a peer takes its target, and how many channels it meets. */
export type TargetKind = 'sparse' | 'onehot' | 'soft';

/** A peer's oddity that no spec says. */
export interface Oddity {
  /** What the peer does, as a sentence without its full stop. */
  readonly peer: string;
  /** What is taken instead. */
  readonly here: string;
  /** The values with which the peer does what a spec can say. */
  readonly expected: string;
}

/** A field of the context that a class can object to. */
export type ContextField =
  | 'channels'
  | 'rank'
  | 'target'
  | 'prediction'
  | 'mask'
  | 'samples'
  | 'levels';

/** All that an importer knows beside the arguments, and where it reports to. */
export interface Situation {
  readonly channels: number;
  readonly rank: number;
  readonly channelsLast: boolean;
  /** How the target is given, where the caller says so. */
  readonly target: TargetKind | undefined;
  /** How the prediction is given to a score. */
  readonly prediction: TargetKind | undefined;
  /** Whether the peer's own numbers are wanted, rather than what its arguments were meant to say. */
  readonly exact: boolean;
  readonly mask: boolean | undefined;
  readonly samples: number | undefined;
  readonly voxels: number | undefined;
  readonly levels: number | undefined;
  /** Whether the version of the peer is at least this one. */
  readonly since: (version: string) => boolean;
  /** What differs, or on which inputs the spec stands for the peer. */
  readonly note: (text: string) => void;
  /** The value of an argument cannot be honoured, whatever the fidelity. */
  readonly refuse: (argument: string, expected: string, fix?: string) => void;
  /** What the caller says of the tensors does not fit the class. */
  readonly refuseContext: (field: ContextField, expected: string, fix?: string) => void;
  /** The spec of a loss that an argument wraps, of one of these classes; undefined if refused. */
  readonly wrapped: (
    argument: string,
    loss: WrappedLoss,
    classes: readonly Importer[],
  ) => LossSpec | undefined;
  /** What no spec says: refused if `exact`, else noted. */
  readonly odd: (argument: string, oddity: Oddity) => void;
}
