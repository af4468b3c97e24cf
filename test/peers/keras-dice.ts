import { dice } from '@softdice/core';
import { argumentsOf } from './arguments.js';
import { kerasArguments, kerasOverlap } from './keras-overlap.js';
import type { PeerBuilder } from './peer-loss.js';

/**
 * Keras `Dice`: `1 - 2I / (T + P + epsilon)`.
 *
 * Source: Keras 3.16, keras/src/losses/losses.py (`dice`).
 */
export const kerasDice: PeerBuilder = (golden) =>
  kerasOverlap(golden, argumentsOf(golden, kerasArguments), dice);
