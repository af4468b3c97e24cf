import { combine } from '../../presets/combine.js';
import { crossEntropy } from '../../presets/cross-entropy.js';
import { type Importer, importer } from '../peer-class.js';
import { clipArgument, softDiceArguments } from './dice-arguments.js';
import {
  diceClass,
  entropyArguments,
  ignoreArgument,
  partWeights,
  torchReduction,
} from './entropy-arguments.js';
import { blame, dicePart, entropyOf, files, labels, modules } from './labels-parts.js';
import { reductionOf } from './torch-reduction.js';

const softDice = {
  kind: { type: 'arguments', arguments: { ...softDiceArguments, ...clipArgument } },
  use: 'honoured',
  note: 'the Dice part, of a softmax',
} as const;

/**
 * nnU-Net `DC_and_CE_loss`: Dice, and torch's cross-entropy of labels: the mean over the voxels without
 * the ignore label, weighted by the classes where they have weights.
 *
 * Source: nnU-Net 2.8.1, nnunetv2/training/loss/compound_losses.py.
 */
export const nnunetDcAndCe: Importer = importer(
  {
    library: 'nnunet',
    name: 'DC_and_CE_loss',
    modules,
    formula: 'weight_dice SoftDiceLoss + weight_ce CrossEntropyLoss',
    source: files,
    arguments: {
      soft_dice_kwargs: softDice,
      ce_kwargs: {
        kind: { type: 'arguments', arguments: { ...entropyArguments, ...torchReduction } },
        use: 'honoured',
        note: 'the cross-entropy part',
      },
      ...partWeights,
      ...ignoreArgument,
      dice_class: { ...diceClass, default: 'SoftDiceLoss' },
    },
    blame,
  },
  (args, situation) => {
    const { ce_kwargs: ce } = args;
    const target = labels(args, situation);
    const sum = reductionOf(ce, 'ce_kwargs', situation) === 'sum';
    return combine([
      [args.weight_dice, dicePart(args, target, situation)],
      [
        args.weight_ce,
        crossEntropy({
          target,
          ...entropyOf(ce, situation),
          average: sum ? 'nothing' : ce.weight === null ? 'valid' : 'class-weighted',
          reduction: sum ? 'sum' : 'class-sum',
        }),
      ],
    ]);
  },
);
