import { tversky } from '@softdice/core';
import { argumentsOf } from './arguments.js';
import { kerasArguments, kerasOverlap } from './keras-overlap.js';
import type { PeerBuilder } from './peer-loss.js';

/**
 * Keras `Tversky`: `1 - I / (I + alpha FP + beta FN + epsilon)`.
 *
 * Source: Keras 3.16, keras/src/losses/losses.py (`tversky`).
 */
export const kerasTversky: PeerBuilder = (golden) => {
  const args = argumentsOf(golden, [...kerasArguments, 'alpha', 'beta']);
  const alpha = args.number('alpha') ?? 0.5;
  const beta = args.number('beta') ?? 0.5;
  if (alpha + beta === 0) return { notOurs: 'without errors in the denominator the score is 1' };
  return kerasOverlap(golden, args, (options) => tversky({ ...options, alpha, beta }));
};
