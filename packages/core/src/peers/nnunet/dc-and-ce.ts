import { combine } from '../../presets/combine.js';
import { crossEntropy, topK } from '../../presets/cross-entropy.js';
import type { LossSpec } from '../../spec/loss.js';
import type { ArgumentValues } from '../argument.js';
import { type Importer, importer } from '../peer-class.js';
import type { Situation } from '../situation.js';
import { clipArgument, softDiceArguments } from './dice-arguments.js';
import {
  diceClass,
  type entropyArguments as entropy,
  entropyArguments,
  ignoreArgument,
  partWeights,
  torchReduction,
} from './entropy-arguments.js';
import { type SoftDiceArguments, softDiceSpec } from './soft-dice.js';
import { refuseOlderNames } from './torch-reduction.js';

const softDice = {
  kind: { type: 'arguments', arguments: { ...softDiceArguments, ...clipArgument } },
  use: 'honoured',
  note: 'the Dice part, of a softmax',
} as const;

const modules = ['nnunetv2.training.loss.compound_losses'] as const;
const files = 'nnunetv2/training/loss/compound_losses.py, robust_ce_loss.py, dice.py';

const blame = {
  smoothing: 'soft_dice_kwargs.smooth',
  average: 'ce_kwargs.label_smoothing',
  weights: 'ce_kwargs.weight',
  hardest: 'ce_kwargs.k',
  classes: 'soft_dice_kwargs.do_bg',
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
    refuseOlderNames(ce, 'ce_kwargs', situation);
    const sum = ce.reduction === 'sum';
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

interface Parts {
  readonly soft_dice_kwargs: SoftDiceArguments;
  readonly ce_kwargs: ArgumentValues<typeof entropy>;
  readonly ignore_label: number | null;
}

type Target = NonNullable<LossSpec['target']>;

/** Both parts read labels, without the ignored ones. */
function labels(
  { ignore_label: ignored, ce_kwargs: { ignore_index: index } }: Parts,
  { channels, target, note, refuse, refuseContext }: Situation,
): Target {
  if (channels === 1) {
    refuseContext('channels', 'at least 2', 'a softmax of one channel is 1: use DC_and_BCE_loss');
  }
  if (target !== undefined && target !== 'sparse') {
    refuseContext('target', "'sparse'", 'the cross-entropy reads labels from the first channel');
  }
  if (ignored === null && index !== -100) {
    if (index >= 0 && index < channels) {
      const fix = 'Dice counts the label that the cross-entropy ignores: give ignore_label instead';
      refuse('ce_kwargs.ignore_index', 'no label of a channel without ignore_label', fix);
    } else note(`labels must not be ${index}: Dice would fail on them`);
  }
  return { kind: 'labels', ...(ignored === null ? {} : { ignore: ignored }) };
}

function dicePart(
  args: Parts & { readonly dice_class: string },
  target: Target,
  situation: Situation,
): LossSpec {
  const { soft_dice_kwargs: part } = args;
  if (part.clip_tp !== null && args.dice_class !== 'SoftDiceLoss') {
    situation.refuse('soft_dice_kwargs.clip_tp', 'null', `${args.dice_class} has no clip_tp`);
  }
  const choices = {
    activation: 'softmax',
    target,
    voxels: 'all',
    path: 'soft_dice_kwargs.',
  } as const;
  return softDiceSpec(part, choices, situation);
}

function entropyOf(
  { weight, label_smoothing: labelSmoothing }: Parts['ce_kwargs'],
  { channels, refuse }: Situation,
) {
  if (weight !== null && weight.length !== channels) {
    refuse('ce_kwargs.weight', `${channels} numbers, one per channel`);
  }
  const values = weight?.map(Math.fround);
  return {
    labelSmoothing,
    ...(values === undefined ? {} : { weights: { kind: 'given', values } as const }),
  };
}

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
