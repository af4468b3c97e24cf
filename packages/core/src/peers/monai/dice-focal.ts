import { combine } from '../../presets/combine.js';
import type { LossSpec } from '../../spec/loss.js';
import { type Importer, importer } from '../peer-class.js';
import type { Situation } from '../situation.js';
import { focalBlame, overlapBlame } from './blame.js';
import { factorArgument, focalReduction, olderWeight } from './compound-arguments.js';
import { diceSpec } from './dice.js';
import { focalArguments } from './focal.js';
import { type FocalChoices, focalSpec } from './focal-spec.js';
import { generalizedDiceSpec, volumeArgument } from './generalized-dice.js';
import {
  diceArguments,
  inputArguments,
  ratioArguments,
  weightArgument,
} from './overlap-arguments.js';

const { gamma, alpha } = focalArguments;
const focalFactor = { ...factorArgument, note: 'weight of the focal term' } as const;

/**
 * MONAI `DiceFocalLoss`: `lambda_dice · DiceLoss + lambda_focal · FocalLoss`, the latter with a sigmoid
 * whatever the Dice part does.
 *
 * Source: MONAI 1.5.0, monai/losses/dice.py.
 */
export const monaiDiceFocal: Importer = importer(
  {
    library: 'monai',
    name: 'DiceFocalLoss',
    aliases: ['dice_focal'],
    modules: ['monai.losses', 'monai.losses.dice'],
    formula: 'lambda_dice DiceLoss + lambda_focal FocalLoss',
    source: 'monai/losses/dice.py, monai/losses/focal_loss.py',
    arguments: {
      ...inputArguments,
      ...diceArguments,
      ...ratioArguments,
      reduction: focalReduction,
      gamma,
      focal_weight: olderWeight,
      ...weightArgument,
      lambda_dice: { ...factorArgument, note: 'weight of the Dice term' },
      lambda_focal: focalFactor,
      alpha: { ...alpha, since: '1.4' },
    },
    blame: { ...focalBlame, ...overlapBlame },
  },
  ({ focal_weight, ...rest }, situation) => {
    const args = { ...rest, weight: focal_weight ?? rest.weight };
    const dice = diceSpec({ ...args, soft_label: false }, situation);
    return combine([
      [args.lambda_dice, dice],
      [args.lambda_focal, focalPart(args, dice, situation)],
    ]);
  },
);

/**
 * MONAI `GeneralizedDiceFocalLoss`: {@link monaiDiceFocal} with generalised Dice, whose classes `weight`
 * does not weigh, and without alpha.
 */
export const monaiGeneralizedDiceFocal: Importer = importer(
  {
    library: 'monai',
    name: 'GeneralizedDiceFocalLoss',
    aliases: ['generalized_dice_focal'],
    modules: ['monai.losses', 'monai.losses.dice'],
    formula: 'lambda_gdl GeneralizedDiceLoss + lambda_focal FocalLoss',
    source: 'monai/losses/dice.py, monai/losses/focal_loss.py',
    arguments: {
      ...inputArguments,
      ...volumeArgument,
      ...ratioArguments,
      reduction: focalReduction,
      gamma,
      focal_weight: olderWeight,
      weight: {
        ...weightArgument.weight,
        note: 'weights of the focal term alone, as float32; MONAI ignores it for one class',
      },
      lambda_gdl: { ...factorArgument, note: 'weight of the generalised Dice term' },
      lambda_focal: focalFactor,
    },
    blame: { ...focalBlame, ...overlapBlame },
  },
  ({ focal_weight, ...rest }, situation) => {
    const args = { ...rest, weight: focal_weight ?? rest.weight, alpha: null };
    const dice = generalizedDiceSpec({ ...args, soft_label: false }, situation);
    return combine([
      [args.lambda_gdl, dice],
      [args.lambda_focal, focalPart(args, dice, situation)],
    ]);
  },
);

interface FocalPart extends Omit<FocalChoices, 'softmax' | 'foreground' | 'target'> {
  readonly softmax: boolean;
  readonly include_background: boolean;
}

/** The focal part, of the same target. */
function focalPart(
  args: FocalPart,
  { target = 'one-hot' }: LossSpec,
  situation: Situation,
): LossSpec {
  const { channels, exact, note } = situation;
  const mixed = args.softmax && channels > 1;
  if (mixed) {
    const peer = 'MONAI gives the focal part a sigmoid, also beside a softmax';
    note(exact ? peer : `${peer}. Corrected: the softmax.`);
  }
  const { gamma, alpha, weight, reduction } = args;
  const foreground = !args.include_background && channels > 1;
  const softmax = mixed && !exact;
  return focalSpec(
    // As in FocalLoss, alpha has no meaning for a softmax without the background.
    {
      gamma,
      alpha: softmax && foreground ? null : alpha,
      weight,
      reduction,
      softmax,
      foreground,
      target,
    },
    situation,
  );
}
