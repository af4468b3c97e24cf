import { pytorch3dunetGeneralizedDice, seglossGdiceV2 } from './clamped-generalized-dice.js';
import type { GoldenCase } from './golden-case.js';
import { kerasDice } from './keras-dice.js';
import { monaiDice } from './monai-dice.js';
import { monaiDiceCe } from './monai-dice-ce.js';
import { monaiDiceFocal, monaiFocal } from './monai-focal.js';
import { monaiGeneralizedDice } from './monai-generalized-dice.js';
import { monaiTversky } from './monai-tversky.js';
import { nnunetDcAndBce, nnunetDcAndCe } from './nnunet-compound.js';
import { nnunetSoftDice } from './nnunet-soft-dice.js';
import { optaxGeneralizedDice } from './optax-generalized-dice.js';
import type { NotOurs, PeerBuilder, PeerLoss } from './peer-loss.js';
import { seglossGdice } from './segloss-gdice.js';
import { smpDice } from './smp-dice.js';

const builders: Readonly<Record<string, PeerBuilder>> = {
  'monai.losses.DiceLoss': monaiDice,
  'monai.losses.TverskyLoss': monaiTversky,
  'monai.losses.DiceCELoss': monaiDiceCe,
  'monai.losses.FocalLoss': monaiFocal,
  'monai.losses.DiceFocalLoss': monaiDiceFocal,
  'nnunetv2.training.loss.compound_losses.DC_and_CE_loss': nnunetDcAndCe,
  'nnunetv2.training.loss.compound_losses.DC_and_BCE_loss': nnunetDcAndBce,
  'monai.losses.GeneralizedDiceLoss': monaiGeneralizedDice,
  'pytorch3dunet.unet3d.losses.GeneralizedDiceLoss': pytorch3dunetGeneralizedDice,
  'SegLossOdyssey.losses_pytorch.dice_loss.GDiceLoss': seglossGdice,
  'SegLossOdyssey.losses_pytorch.dice_loss.GDiceLossV2': seglossGdiceV2,
  'optax.losses.multiclass_generalized_dice_loss': optaxGeneralizedDice,
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
