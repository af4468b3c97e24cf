import { tversky } from '@softdice/core';
import { argumentsOf } from './arguments.js';
import { korniaChoices } from './kornia-choices.js';
import type { PeerBuilder } from './peer-loss.js';

/**
 * kornia `tversky_loss`: `1 - I / (I + (alpha + beta)(N - I) + eps)` per sample, I over all classes and
 * N the voxels that count. Classes merged, FP and FN of a softmax are both N - I.
 *
 * Source: kornia 0.9.0 at b4f5a78, kornia/losses/tversky.py.
 */
export const korniaTversky: PeerBuilder = (golden) => {
  const args = argumentsOf(golden, ['alpha', 'beta', 'eps', 'ignore_index']);
  const choices = korniaChoices(golden, args);
  if ('notOurs' in choices) return choices;
  const alpha = args.number('alpha') ?? Number.NaN;
  const beta = args.number('beta') ?? Number.NaN;
  if (alpha + beta === 0) return { notOurs: 'without errors in the denominator the score is 1' };
  const spec = tversky({ ...choices.options, alpha, beta, per: 'merged-image' });
  return { spec, ...choices.inputs };
};
