import { tversky } from '@softdice/core';
import { argumentsOf } from './arguments.js';
import { monaiArguments, monaiChoices } from './monai-choices.js';
import type { PeerBuilder } from './peer-loss.js';

/**
 * MONAI `TverskyLoss`: `1 - (I + nr) / (I + alpha FP + beta FN + dr)`.
 *
 * Source: MONAI 1.5.0, monai/losses/tversky.py.
 */
export const monaiTversky: PeerBuilder = (golden) => {
  const args = argumentsOf(golden, [...monaiArguments, 'alpha', 'beta']);
  const choices = monaiChoices(golden, args, args.flag('soft_label', false));
  if ('notOurs' in choices) return choices;
  const { inputs, options, smoothing } = choices;
  const alpha = args.number('alpha') ?? 0.5;
  const beta = args.number('beta') ?? 0.5;
  if (alpha + beta === 0) return { notOurs: 'without errors in the denominator the score is 1' };
  return { spec: tversky({ ...options, smoothing, alpha, beta }), ...inputs };
};
