import { combine } from '../../presets/combine.js';
import { type CrossEntropyOptions, crossEntropy } from '../../presets/cross-entropy.js';
import type { LossSpec } from '../../spec/loss.js';
import type { NestedNumbers } from '../argument.js';
import { type Importer, importer } from '../peer-class.js';
import type { Situation } from '../situation.js';
import { specTarget } from '../spec-target.js';
import { clipArgument, softDiceArguments } from './dice-arguments.js';
import { diceClass, partWeights, torchReduction } from './entropy-arguments.js';
import { perChannel } from './per-channel.js';
import { softDiceSpec } from './soft-dice.js';
import { reductionOf } from './torch-reduction.js';

const tensor = {
  kind: { type: 'tensor', items: { type: 'number', minimum: 0, maximum: 1e4 } },
  none: true,
  default: null,
  use: 'in part',
} as const;

/**
 * nnU-Net `DC_and_BCE_loss`: Dice of sigmoids, and their binary cross-entropy: the mean over voxels and
 * classes; with an ignore channel, the last of the target, its sum over the classes instead.
 *
 * Source: nnU-Net 2.8.1, nnunetv2/training/loss/compound_losses.py.
 */
export const nnunetDcAndBce: Importer = importer(
  {
    library: 'nnunet',
    name: 'DC_and_BCE_loss',
    modules: ['nnunetv2.training.loss.compound_losses'],
    formula: 'weight_dice MemoryEfficientSoftDiceLoss + weight_ce BCEWithLogitsLoss',
    source: 'nnunetv2/training/loss/compound_losses.py, dice.py',
    arguments: {
      bce_kwargs: {
        kind: {
          type: 'arguments',
          arguments: {
            weight: {
              ...tensor,
              note: 'weights of the channels: one number, or of shape [C, 1, …]; torch broadcasts other shapes over voxels',
            },
            ...torchReduction,
            pos_weight: {
              ...tensor,
              note: 'positive: one number, or of shape [C, 1, …], a term per channel; torch broadcasts other shapes over voxels',
            },
          },
        },
        use: 'honoured',
        note: 'the binary cross-entropy part',
      },
      soft_dice_kwargs: {
        kind: { type: 'arguments', arguments: { ...softDiceArguments, ...clipArgument } },
        use: 'honoured',
        note: 'the Dice part, of sigmoids',
      },
      ...partWeights,
      use_ignore_label: {
        kind: { type: 'flag' },
        default: false,
        use: 'honoured',
        note: 'the last target channel becomes the mask; nnU-Net then adds the classes, corrected averages them',
      },
      dice_class: { ...diceClass, default: 'MemoryEfficientSoftDiceLoss' },
    },
    blame: {
      smoothing: 'soft_dice_kwargs.smooth',
      positive: 'bce_kwargs.pos_weight',
      negative: 'bce_kwargs.pos_weight',
      weights: 'bce_kwargs.weight',
      classes: 'soft_dice_kwargs.do_bg',
    },
  },
  (args, situation) => {
    const { channels, exact, target, note, refuse, refuseContext } = situation;
    const { soft_dice_kwargs: part, bce_kwargs: bce, use_ignore_label: ignores } = args;
    if (target === 'sparse' && channels > 1) refuseContext('target', "'onehot' | 'soft'");
    if (part.clip_tp !== null && args.dice_class !== 'SoftDiceLoss') {
      refuse('soft_dice_kwargs.clip_tp', 'null', `${args.dice_class} has no clip_tp`);
    }
    if (ignores) {
      note(
        'the last channel of the target of nnU-Net is not in that of the spec: 1 - it is the mask',
      );
    }
    const shared = {
      target: specTarget(target ?? 'onehot', channels),
      voxels: ignores ? 'weights' : 'all',
      activation: 'sigmoid',
    } as const;
    const dice = softDiceSpec(part, { ...shared, path: 'soft_dice_kwargs.' }, situation);
    const plain = ignores ? overwritten(bce, situation) : reductionOf(bce, 'bce_kwargs', situation);
    const divided = ignores && channels > 1 && !exact;
    if (ignores && channels > 1) {
      const peer = 'with an ignore channel nnU-Net adds the cross-entropies of the classes';
      note(exact ? peer : `${peer}. Corrected: their mean.`);
    }
    const sums = ignores ? (divided ? 'mean' : 'class-sum') : plain;
    return combine([
      [args.weight_dice, dice],
      [args.weight_ce, binaryEntropy(shared, bce, sums, situation)],
    ]);
  },
);

/** With an ignore channel nnU-Net sets reduction to 'none', before which older names would go. */
function overwritten(
  older: { readonly size_average: boolean | null; readonly reduce: boolean | null },
  { refuse }: Situation,
): 'mean' {
  for (const name of ['size_average', 'reduce'] as const) {
    if (older[name] !== null) {
      const fix = 'torch would average before nnU-Net masks';
      refuse(`bce_kwargs.${name}`, 'null with use_ignore_label', fix);
    }
  }
  return 'mean';
}

/** The cross-entropy part; a term per channel where each has a factor of its own. */
function binaryEntropy(
  shared: CrossEntropyOptions,
  bce: { readonly weight: NestedNumbers | null; readonly pos_weight: NestedNumbers | null },
  sums: 'mean' | 'sum' | 'class-sum',
  situation: Situation,
): LossSpec {
  const { channels } = situation;
  const weights = perChannel('bce_kwargs.weight', bce.weight, situation);
  const positives = perChannel('bce_kwargs.pos_weight', bce.pos_weight, situation);
  const reduced: CrossEntropyOptions =
    sums === 'sum'
      ? { ...shared, average: 'nothing', reduction: 'sum' }
      : { ...shared, reduction: sums === 'class-sum' ? 'class-sum' : 'mean' };
  const [first = 1] = positives;
  if (positives.every((positive) => positive === first)) {
    const given =
      bce.weight === null ? {} : { weights: { kind: 'given', values: weights } as const };
    return crossEntropy({ ...reduced, positive: first, ...given });
  }
  // A mean over the channels is that of their means.
  const share = sums === 'mean' ? 1 / channels : 1;
  return combine(
    positives.map((positive, channel) => [
      share * (weights[channel] ?? 1),
      crossEntropy({ ...reduced, positive, classes: { kind: 'list', channels: [channel] } }),
    ]),
  );
}
