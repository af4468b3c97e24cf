import { combine } from '../../presets/combine.js';
import { topK } from '../../presets/cross-entropy.js';
import { type Importer, importer } from '../peer-class.js';
import type { Situation } from '../situation.js';
import { clipArgument, softDiceArguments } from './dice-arguments.js';
import { entropyArguments, ignoreArgument, partWeights } from './entropy-arguments.js';
import { blame, dicePart, entropyOf, files, labels, modules } from './labels-parts.js';

const softDice = {
  kind: { type: 'arguments', arguments: { ...softDiceArguments, ...clipArgument } },
  use: 'honoured',
  note: 'the Dice part, of a softmax',
} as const;

/**
 * nnU-Net `DC_and_topk_loss`: Dice, and the mean over the k % of the voxels with the largest
 * cross-entropy, ignored ones with 0 among them.
 *
 * Source: nnU-Net 2.8.1, nnunetv2/training/loss/compound_losses.py and robust_ce_loss.py.
 */
export const nnunetDcAndTopk: Importer = importer(
  {
    library: 'nnunet',
    name: 'DC_and_topk_loss',
    modules,
    formula: 'weight_dice SoftDiceLoss + weight_ce TopKLoss',
    source: files,
    arguments: {
      soft_dice_kwargs: softDice,
      ce_kwargs: {
        kind: {
          type: 'arguments',
          arguments: {
            ...entropyArguments,
            k: {
              kind: { type: 'number', above: 0, maximum: 100 },
              default: 10,
              use: 'honoured',
              note: 'hardest, in steps of 1e-4; of no voxel nnU-Net is NaN, here of one',
            },
          },
        },
        use: 'honoured',
        note: 'the top-k part',
      },
      ...partWeights,
      ...ignoreArgument,
    },
    blame,
  },
  (args, situation) => {
    const { ce_kwargs: ce } = args;
    const target = labels(args, situation);
    hardestOfNone(ce.k, situation);
    return combine([
      [args.weight_dice, dicePart({ ...args, dice_class: 'SoftDiceLoss' }, target, situation)],
      [args.weight_ce, topK({ target, ...entropyOf(ce, situation), percent: ce.k })],
    ]);
  },
);

/** nnU-Net takes `int(N k / 100)` voxels, which may be none. */
function hardestOfNone(percent: number, { samples, voxels, note, odd }: Situation): void {
  const all = samples === undefined || voxels === undefined ? undefined : samples * voxels;
  if (all === undefined) {
    note(
      `of fewer than ${Math.ceil(100 / percent)} voxels nnU-Net takes a mean over none, which is NaN`,
    );
  } else if (Math.trunc((all * percent) / 100) === 0) {
    odd('ce_kwargs.k', {
      expected: `at least ${100 / all}, one of ${all} voxels`,
      peer: 'nnU-Net takes a mean over no voxel, which is NaN',
      here: 'the hardest voxel',
    });
  }
}
