import type { PeerContext } from '../peers/context.js';
import type { PeerCall } from '../peers/peer-call.js';

/** The loss of a config: a call that importers, `lint` and `diff` take. */
export interface ConfigLoss extends PeerCall {
  /** Where in the config it stands. */
  readonly at: string;
  /** What was taken from elsewhere in the config, or left out. */
  readonly notes: readonly string[];
}

/** What a reader may have to be told. */
export interface ConfigOptions {
  /** Where the loss stands, as the config writes places; found by its class if left out. */
  readonly at?: string;
  /** What the config does not say; wins over what was found in it. */
  readonly context?: Partial<PeerContext>;
}
