import type { OverlapOptions } from '../../presets/options.js';
import { dice, jaccard } from '../../presets/presets.js';
import type { LossSpec } from '../../spec/loss.js';
import type { ArgumentValues } from '../argument.js';
import { type Importer, importer } from '../peer-class.js';
import type { Situation } from '../situation.js';
import { overlapBlame } from './blame.js';
import {
  diceArguments,
  inputArguments,
  ratioArguments,
  softLabelArgument,
  weightArgument,
} from './overlap-arguments.js';
import { type OverlapArguments, overlapChoices } from './overlap-choices.js';

/** The arguments of Dice, wherever they stand. */
export type DiceArguments = OverlapArguments &
  ArgumentValues<typeof diceArguments & typeof weightArgument> & { readonly soft_label: boolean };

/**
 * MONAI `DiceLoss`: `1 - (2I + nr) / (2(I + FP + FN) + dr)`, with FP and FN halved unless `jaccard`.
 *
 * Source: MONAI 1.5.0, monai/losses/dice.py and monai/losses/utils.py (`compute_tp_fp_fn`).
 */
export function diceSpec(args: DiceArguments, situation: Situation): LossSpec {
  const { options, smoothing, scored } = overlapChoices(args, situation);
  const { squared_pred: squared, jaccard: isJaccard } = args;
  return (isJaccard ? jaccard : dice)({
    ...options,
    // Squares replace the norm that soft_label asks for.
    counting: squared ? { kind: 'power', exponent: 2 } : args.soft_label ? 'minimum' : 'product',
    // MONAI writes twice the Jaccard index over twice its denominator.
    smoothing: isJaccard
      ? {
          numerator: smoothing.numerator / 2,
          denominator: smoothing.denominator / 2,
          floor: smoothing.floor,
        }
      : smoothing,
    ...lossWeights(args.weight, scored, situation),
  });
}

/** Factors of the losses of the classes; with one class MONAI drops them. */
function lossWeights(
  weight: number | readonly number[] | null,
  scored: number,
  { note, refuse }: Situation,
): Pick<OverlapOptions, 'weight' | 'weights'> {
  if (weight === null) return {};
  if (scored === 1) {
    note('MONAI ignores weight where one class is scored');
    return {};
  }
  const list = typeof weight === 'number' ? Array<number>(scored).fill(weight) : weight;
  if (list.length !== scored) {
    refuse('weight', `${scored} numbers, one per scored class, or one for all`);
    return {};
  }
  // A torch tensor of Python numbers is float32.
  const values = list.map(Math.fround);
  return values.every((value) => value === 0)
    ? { weight: 0 }
    : { weights: { kind: 'given', values, on: 'loss' } };
}

export const monaiDice: Importer = importer(
  {
    library: 'monai',
    name: 'DiceLoss',
    aliases: ['Dice'],
    modules: ['monai.losses', 'monai.losses.dice'],
    formula: '1 - (2 I + smooth_nr) / (P + T + smooth_dr)',
    source: 'monai/losses/dice.py, monai/losses/utils.py',
    arguments: {
      ...inputArguments,
      ...diceArguments,
      ...ratioArguments,
      ...weightArgument,
      ...softLabelArgument,
    },
    blame: overlapBlame,
  },
  diceSpec,
);
