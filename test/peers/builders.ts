import type { GoldenCase } from './golden-case.js';
import { kerasDice } from './keras-dice.js';
import { monaiDice } from './monai-dice.js';
import { monaiDiceCe } from './monai-dice-ce.js';
import { monaiDiceFocal, monaiFocal } from './monai-focal.js';
import { monaiTversky } from './monai-tversky.js';
import { nnunetDcAndBce, nnunetDcAndCe } from './nnunet-compound.js';
import { nnunetSoftDice } from './nnunet-soft-dice.js';
import type { NotOurs, PeerBuilder, PeerLoss } from './peer-loss.js';
import { smpDice } from './smp-dice.js';

const builders: Readonly<Record<string, PeerBuilder>> = {
  'monai.losses.DiceLoss': monaiDice,
  'monai.losses.TverskyLoss': monaiTversky,
  'monai.losses.DiceCELoss': monaiDiceCe,
  'monai.losses.FocalLoss': monaiFocal,
  'monai.losses.DiceFocalLoss': monaiDiceFocal,
  'nnunetv2.training.loss.compound_losses.DC_and_CE_loss': nnunetDcAndCe,
  'nnunetv2.training.loss.compound_losses.DC_and_BCE_loss': nnunetDcAndBce,
  'nnunetv2.training.loss.dice.SoftDiceLoss': nnunetSoftDice,
  'segmentation_models_pytorch.losses.DiceLoss': smpDice,
  'keras.losses.Dice': kerasDice,
};

/** The spec and inputs of a case. */
export function peerLoss(golden: GoldenCase): PeerLoss | NotOurs {
  const builder = builders[golden.callable];
  if (builder === undefined) throw new TypeError(`no builder for ${golden.callable}`);
  return builder(golden);
}
