import {
  dice,
  focalTversky,
  jaccard,
  type LossSpec,
  logCoshDice,
  type OverlapOptions,
  tversky,
} from '@softdice/core';
import { argumentsOf } from './arguments.js';
import { channelsFirst } from './layout.js';
import type { PeerBuilder } from './peer-loss.js';

/**
 * A loss of shruti-jadon's Semantic-Segmentation-Loss-Functions: probabilities, all that the batch
 * holds in one ratio, no arguments.
 *
 * Source: Semantic-Segmentation-Loss-Functions at 00d3335, loss_functions.py.
 */
function flattened(loss: (options: OverlapOptions) => LossSpec): PeerBuilder {
  return (golden) => {
    argumentsOf(golden, []);
    return {
      spec: loss({
        target: golden.target.kind === 'soft' ? 'soft' : 'multilabel',
        per: 'everything',
      }),
      prediction: channelsFirst(golden.input, golden.layout),
      target: channelsFirst(golden.target, golden.layout),
    };
  };
}

const smoothing = { numerator: 1, denominator: 1 };
/** Their alpha of 0.7 weighs the false negatives. */
const errors = { alpha: 1 - 0.7, beta: 0.7 };

/** `1 - (2I + 1) / (P + T + 1)`. */
export const jadonDice: PeerBuilder = flattened((options) => dice({ ...options, smoothing }));

/** `log cosh` of {@link jadonDice}. */
export const jadonLogCoshDice: PeerBuilder = flattened((options) =>
  logCoshDice({ ...options, smoothing }),
);

/** `1 - I / (P + T - I)`, which is NaN for two empty masks; a spec has a floor. */
export const jadonJaccard: PeerBuilder = flattened((options) =>
  jaccard({ ...options, smoothing: { numerator: 0, denominator: 0, floor: 1e-12 } }),
);

/** `1 - (I + 1) / (I + 0.7 FN + 0.3 FP + 1)`. */
export const jadonTversky: PeerBuilder = flattened((options) =>
  tversky({ ...options, ...errors, smoothing }),
);

/** {@link jadonTversky} to the power 0.75; at 0 its gradient is infinite, a spec has a floor. */
export const jadonFocalTversky: PeerBuilder = flattened((options) =>
  focalTversky({ ...options, ...errors, smoothing, power: { cell: 0.75, floor: 1e-9 } }),
);
