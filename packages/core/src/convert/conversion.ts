import type { PeerCall } from '../peers/peer-call.js';
import type { Difference } from './plan-distance.js';

/** The same loss in another library, or why there is none. */
export type Conversion =
  | {
      readonly found: true;
      /** Imported again it is the spec: its plan in normal form is the same. */
      readonly call: PeerCall;
      /** What the importer says of the call: on which inputs it stands for the library. */
      readonly notes: readonly string[];
    }
  | {
      readonly found: false;
      readonly reason: string;
      /** The nearest call that was found, and every place where its plan differs. */
      readonly nearest?: { readonly call: PeerCall; readonly differences: readonly Difference[] };
    };
