import type { OverlapOptions } from '../../presets/options.js';
import { generalizedDice } from '../../presets/presets.js';
import type { LossSpec } from '../../spec/loss.js';
import { type Importer, importer } from '../peer-class.js';
import type { Situation } from '../situation.js';
import { overlapBlame } from './blame.js';
import { inputArguments, ratioArguments, softLabelArgument } from './overlap-arguments.js';
import { type OverlapArguments, overlapChoices } from './overlap-choices.js';

/** How the volume of a class becomes its weight. */
export const volumeArgument = {
  w_type: {
    kind: { type: 'word', words: ['square', 'simple', 'uniform'] },
    default: 'square',
    use: 'honoured',
    note: "weights 'volume' of power 2 or 1 on both sums, or 'none'",
  },
} as const;

/** The arguments of generalised Dice, wherever they stand. */
export type GeneralizedDiceArguments = OverlapArguments & {
  readonly w_type: 'square' | 'simple' | 'uniform';
  readonly soft_label: boolean;
};

/**
 * MONAI `GeneralizedDiceLoss`: `1 - (2 sum_c w I + nr) / (sum_c w (P + T) + dr)` with w of 1 / T^2,
 * 1 / T or 1; an infinite w becomes the largest finite one of the sample, or of the batch.
 *
 * Source: MONAI 1.5.0, monai/losses/dice.py.
 */
export function generalizedDiceSpec(
  args: GeneralizedDiceArguments,
  situation: Situation,
): LossSpec {
  const { options, smoothing } = overlapChoices(args, situation);
  if (options.target === 'soft' && args.w_type !== 'uniform') {
    situation.note('the weight of a class of a volume below 1e-3 is that of 1e-3');
  }
  return generalizedDice({
    ...options,
    smoothing,
    counting: args.soft_label ? 'minimum' : 'product',
    per: args.batch ? 'everything' : 'merged-image',
    weights: weightsOf(args.w_type),
  });
}

function weightsOf(
  word: GeneralizedDiceArguments['w_type'],
): NonNullable<OverlapOptions['weights']> {
  if (word === 'uniform') return 'none';
  const power = word === 'square' ? 2 : 1;
  return { kind: 'volume', power, on: 'both-sums', absent: 'largest' };
}

export const monaiGeneralizedDice: Importer = importer(
  {
    library: 'monai',
    name: 'GeneralizedDiceLoss',
    aliases: ['generalized_dice'],
    modules: ['monai.losses', 'monai.losses.dice'],
    formula: '1 - (2 sum_c w I + smooth_nr) / (sum_c w (P + T) + smooth_dr), w = 1 / T^2',
    source: 'monai/losses/dice.py',
    arguments: { ...inputArguments, ...volumeArgument, ...ratioArguments, ...softLabelArgument },
    blame: { ...overlapBlame, weights: 'smooth_dr' },
  },
  generalizedDiceSpec,
);
