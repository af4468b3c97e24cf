import type { LossSpec } from '../../spec/loss.js';
import { type Importer, importer } from '../peer-class.js';
import type { Situation } from '../situation.js';
import { overlapBlame } from './blame.js';
import { type DiceArguments, diceSpec } from './dice.js';
import {
  diceArguments,
  inputArguments,
  ratioArguments,
  softLabelArgument,
  weightArgument,
} from './overlap-arguments.js';

/**
 * A loss of `input * mask` and `target * mask`: masked logits are 0, and their voxels still count.
 *
 * Source: MONAI 1.5.0, monai/losses/spatial_mask.py.
 */
export function masked(
  spec: LossSpec,
  { mask, exact, note }: Pick<Situation, 'mask' | 'exact' | 'note'>,
): LossSpec {
  if (mask === false) return spec;
  if (exact) {
    note(
      'MONAI multiplies prediction and target by the mask, of 0 and 1: masked voxels still count',
    );
    return { ...spec, voxels: 'masked-inputs' };
  }
  note(
    'MONAI multiplies prediction and target by the mask, so that masked voxels still count. Corrected: they count nowhere.',
  );
  return { ...spec, voxels: 'mask' };
}

/** MONAI `MaskedDiceLoss`; without a mask in the call it is `DiceLoss`. */
function maskedDiceSpec(args: DiceArguments, situation: Situation): LossSpec {
  return masked(diceSpec(args, situation), situation);
}

export const monaiMaskedDice: Importer = importer(
  {
    library: 'monai',
    name: 'MaskedDiceLoss',
    modules: ['monai.losses', 'monai.losses.dice'],
    formula: 'DiceLoss of prediction * mask and target * mask',
    source: 'monai/losses/dice.py, monai/losses/spatial_mask.py',
    arguments: {
      ...inputArguments,
      ...diceArguments,
      ...ratioArguments,
      ...weightArgument,
      ...softLabelArgument,
    },
    blame: overlapBlame,
  },
  maskedDiceSpec,
);
