import type { DatasetLabels } from './labels.js';

/** A loss class of nnU-Net with its arguments. */
export interface TrainerLoss {
  readonly class: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** What a trainer makes of labels and plans; a text where it refuses them. */
export interface Trainer {
  readonly loss: (labels: DatasetLabels, batchDice: boolean) => TrainerLoss | string;
  readonly deepSupervision: boolean;
}

const noRegions = 'labels without regions, which this trainer does not support';

const diceAndEntropy =
  (smooth: number): Trainer['loss'] =>
  ({ regions, ignore }, batchDice) =>
    regions === undefined
      ? labelsLoss('DC_and_CE_loss', { batch_dice: batchDice, smooth, do_bg: false }, ignore)
      : {
          class: 'DC_and_BCE_loss',
          args: {
            bce_kwargs: {},
            soft_dice_kwargs: { batch_dice: batchDice, do_bg: true, smooth },
            use_ignore_label: ignore !== undefined,
            dice_class: 'MemoryEfficientSoftDiceLoss',
          },
        };

function labelsLoss(
  name: 'DC_and_CE_loss' | 'DC_and_topk_loss',
  dice: Readonly<Record<string, unknown>>,
  ignore: number | undefined,
  rest: Readonly<Record<string, unknown>> = { dice_class: 'MemoryEfficientSoftDiceLoss' },
): TrainerLoss {
  const args = { soft_dice_kwargs: dice, ce_kwargs: {}, weight_ce: 1, weight_dice: 1 };
  return {
    class: name,
    args: { ...args, ...(ignore === undefined ? {} : { ignore_label: ignore }), ...rest },
  };
}

/** A cross-entropy alone, as the compound loss of it whose Dice weighs nothing. */
const entropyAlone =
  (
    name: 'DC_and_CE_loss' | 'DC_and_topk_loss',
    entropy: Readonly<Record<string, unknown>>,
  ): Trainer['loss'] =>
  ({ regions, ignore }) =>
    regions === undefined
      ? labelsLoss(name, {}, ignore, { ce_kwargs: entropy, weight_dice: 0 })
      : noRegions;

const base: Trainer = { loss: diceAndEntropy(1e-5), deepSupervision: true };

/** Trainers with a loss or levels of their own. */
const own: Readonly<Record<string, Trainer>> = {
  nnUNetTrainer: base,
  nnUNetTrainerNoDeepSupervision: { ...base, deepSupervision: false },
  nnUNetTrainerDiceCELoss_noSmooth: { ...base, loss: diceAndEntropy(0) },
  nnUNetTrainerDiceLoss: {
    ...base,
    loss: ({ regions, ignore }, batchDice) =>
      ignore === undefined
        ? {
            class: 'MemoryEfficientSoftDiceLoss',
            args: {
              apply_nonlin: regions === undefined ? 'softmax_helper_dim1' : 'torch.sigmoid',
              batch_dice: batchDice,
              do_bg: regions !== undefined,
              smooth: 1e-5,
            },
          }
        : 'no ignore label, which this trainer takes for a channel',
  },
  nnUNetTrainerCELoss: { ...base, loss: entropyAlone('DC_and_CE_loss', {}) },
  nnUNetTrainerCELoss_5epochs: { ...base, loss: entropyAlone('DC_and_CE_loss', {}) },
  nnUNetTrainerTopk10Loss: { ...base, loss: entropyAlone('DC_and_topk_loss', { k: 10 }) },
  nnUNetTrainerTopk10LossLS01: {
    ...base,
    loss: entropyAlone('DC_and_topk_loss', { k: 10, label_smoothing: 0.1 }),
  },
  nnUNetTrainerDiceTopK10Loss: {
    ...base,
    loss: ({ regions, ignore }, batchDice) =>
      regions === undefined
        ? labelsLoss(
            'DC_and_topk_loss',
            { batch_dice: batchDice, smooth: 1e-5, do_bg: false },
            ignore,
            { ce_kwargs: { k: 10, label_smoothing: 0 } },
          )
        : noRegions,
  },
};

/** Trainers that change anything but the loss: nnunetv2/training/nnUNetTrainer/variants. */
const asBase: readonly string[] = [
  'nnUNetTrainerBN',
  'nnUNetTrainerBenchmark_5epochs',
  'nnUNetTrainerBenchmark_5epochs_noDataLoading',
  'nnUNetTrainerDA5',
  'nnUNetTrainerDA5ord0',
  'nnUNetTrainerDA5Segord0',
  'nnUNetTrainerDA5_10epochs',
  'nnUNetTrainer_DASegOrd0',
  'nnUNetTrainer_DASegOrd0_NoMirroring',
  'nnUNetTrainerNoDA',
  'nnUNetTrainerNoMirroring',
  'nnUNetTrainer_onlyMirror01',
  'nnUNetTrainer_onlyMirror01_1500ep',
  'nnUNetTrainer_onlyMirror01_DA5',
  'nnUNetTrainer_onlyMirror01_DASegOrd0',
  'nnUNetTrainer_noDummy2DDA',
  'nnUNetTrainerCosAnneal',
  'nnUNetTrainer_warmup',
  'nnUNetTrainer_probabilisticOversampling',
  'nnUNetTrainer_probabilisticOversampling_033',
  'nnUNetTrainer_probabilisticOversampling_010',
  ...['Adam', 'VanillaAdam', 'VanillaAdam1en3', 'VanillaAdam3en4', 'Adam1en3', 'Adam3en4'].map(
    (name) => `nnUNetTrainer${name}`,
  ),
  ...['Adan', 'Adan1en3', 'Adan3en4', 'Adan1en1', 'AdanCosAnneal'].map(
    (name) => `nnUNetTrainer${name}`,
  ),
  ...[1, 5, 10, 20, 50, 100, 250, 500, 750, 2000, 4000, 8000].map(
    (epochs) => `nnUNetTrainer_${epochs}epoch${epochs === 1 ? '' : 's'}`,
  ),
  ...[250, 2000, 4000, 8000].map((epochs) => `nnUNetTrainer_${epochs}epochs_NoMirroring`),
];

/**
 * What the trainers of nnU-Net make of labels and plans, by their class name.
 *
 * Source: nnU-Net 2.8.1, nnunetv2/training/nnUNetTrainer, `_build_loss` of each.
 */
export const trainers: Readonly<Record<string, Trainer>> = {
  ...own,
  ...Object.fromEntries(asBase.map((name) => [name, base])),
};
