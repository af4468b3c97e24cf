import { pytorch3dunetGeneralizedDice, seglossGdiceV2 } from './clamped-generalized-dice.js';
import type { GoldenCase } from './golden-case.js';
import {
  jadonDice,
  jadonFocalTversky,
  jadonJaccard,
  jadonLogCoshDice,
  jadonTversky,
} from './jadon.js';
import { jdt } from './jdt.js';
import { kerasDice } from './keras-dice.js';
import { kerasTversky } from './keras-tversky.js';
import { korniaDice } from './kornia-dice.js';
import { korniaTversky } from './kornia-tversky.js';
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
import { smpJaccard } from './smp-jaccard.js';
import { smpDiceScore, smpJaccardScore, smpTverskyScore } from './smp-score.js';
import { smpTversky } from './smp-tversky.js';

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
  'segmentation_models_pytorch.losses.JaccardLoss': smpJaccard,
  'segmentation_models_pytorch.losses.TverskyLoss': smpTversky,
  'segmentation_models_pytorch.losses._functional.soft_dice_score': smpDiceScore,
  'segmentation_models_pytorch.losses._functional.soft_jaccard_score': smpJaccardScore,
  'segmentation_models_pytorch.losses._functional.soft_tversky_score': smpTverskyScore,
  'keras.losses.Dice': kerasDice,
  'keras.losses.Tversky': kerasTversky,
  'kornia.losses.dice_loss': korniaDice,
  'kornia.losses.tversky_loss': korniaTversky,
  'JDTLosses.losses.jdt_loss.JDTLoss': jdt,
  'Semantic-Segmentation-Loss-Functions.loss_functions.dice_loss': jadonDice,
  'Semantic-Segmentation-Loss-Functions.loss_functions.focal_tversky': jadonFocalTversky,
  'Semantic-Segmentation-Loss-Functions.loss_functions.jacard_loss': jadonJaccard,
  'Semantic-Segmentation-Loss-Functions.loss_functions.log_cosh_dice_loss': jadonLogCoshDice,
  'Semantic-Segmentation-Loss-Functions.loss_functions.tversky_loss': jadonTversky,
};

/** The spec and inputs of a case. */
export function peerLoss(golden: GoldenCase): PeerLoss | NotOurs {
  const builder = builders[golden.callable];
  if (builder === undefined) throw new TypeError(`no builder for ${golden.callable}`);
  return builder(golden);
}
