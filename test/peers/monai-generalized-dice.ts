import { generalizedDice, type OverlapOptions } from '@softdice/core';
import { argumentsOf } from './arguments.js';
import { monaiArguments, monaiChoices } from './monai-choices.js';
import type { PeerBuilder } from './peer-loss.js';

/**
 * MONAI `GeneralizedDiceLoss`: `1 - (2 sum_c w I + nr) / (sum_c w (P + T) + dr)` with w of 1 / T^2,
 * 1 / T or 1; an infinite w becomes the largest finite one of the sample, or of the batch.
 *
 * Source: MONAI 1.5.0, monai/losses/dice.py.
 */
export const monaiGeneralizedDice: PeerBuilder = (golden) => {
  const args = argumentsOf(golden, [...monaiArguments, 'w_type']);
  const choices = monaiChoices(golden, args, args.flag('soft_label', false));
  if ('notOurs' in choices) return choices;
  const { inputs, options, smoothing } = choices;
  const spec = generalizedDice({
    ...options,
    smoothing,
    per: options.per === 'batch' ? 'everything' : 'merged-image',
    weights: weightsOf(args.word('w_type') ?? 'square'),
  });
  return { spec, ...inputs };
};

function weightsOf(word: string): NonNullable<OverlapOptions['weights']> {
  switch (word) {
    case 'square':
      return { kind: 'volume', power: 2, on: 'both-sums', absent: 'largest' };
    case 'simple':
      return { kind: 'volume', power: 1, on: 'both-sums', absent: 'largest' };
    case 'uniform':
      return 'none';
    default:
      throw new TypeError(`MONAI has no w_type ${word}`);
  }
}
