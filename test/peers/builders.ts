import { authorsClDice, authorsDiceClDice } from './authors-cl-dice.js';
import { pytorch3dunetGeneralizedDice, seglossGdiceV2 } from './clamped-generalized-dice.js';
import { pymicExpLog, seglossExpLog } from './explog.js';
import type { GoldenCase } from './golden-case.js';
import { importedKeras } from './imported-keras.js';
import { importedMonai } from './imported-monai.js';
import { importedNnunet } from './imported-nnunet.js';
import { importedSmp } from './imported-smp.js';
import {
  jadonDice,
  jadonFocalTversky,
  jadonJaccard,
  jadonLogCoshDice,
  jadonTversky,
} from './jadon.js';
import { jdt } from './jdt.js';
import { korniaDice } from './kornia-dice.js';
import { korniaTversky } from './kornia-tversky.js';
import { mmsegDice, mmsegTversky } from './mmseg-overlap.js';
import { optaxBinaryDice, optaxDice } from './optax-dice.js';
import { optaxGeneralizedDice } from './optax-generalized-dice.js';
import type { NotOurs, PeerBuilder, PeerLevels, PeerLoss } from './peer-loss.js';
import {
  pymicArsTversky,
  pymicBinaryDice,
  pymicDice,
  pymicFocalDice,
  pymicGroupDice,
  pymicNoiseRobustDice,
} from './pymic-dice.js';
import { pytorch3dunetBceDice, pytorch3dunetDice } from './pytorch3dunet-dice.js';
import { seglossDcAndCe, seglossDcAndTopk } from './segloss-compound.js';
import { seglossGdice } from './segloss-gdice.js';
import {
  seglossAsym,
  seglossFocalTversky,
  seglossIou,
  seglossSoftDice,
  seglossTversky,
} from './segloss-overlap.js';
import { seglossPenaltyGdice } from './segloss-penalty-gdice.js';
import { seglossSs } from './segloss-ss.js';
import {
  smKerasCceDice,
  smKerasCceJaccard,
  smKerasDice,
  smKerasJaccard,
  smKerasSum,
} from './sm-keras.js';
import {
  smKerasBinaryFocal,
  smKerasBinaryFocalDice,
  smKerasCategoricalFocal,
  smKerasCategoricalFocalDice,
} from './sm-keras-focal.js';
import { smpDiceScore, smpJaccardScore, smpTverskyScore } from './smp-score.js';
import { toolbeltDice, toolbeltSoftF1 } from './toolbelt.js';
import {
  uflAsymmetricFocal,
  uflAsymmetricFocalTversky,
  uflAsymmetricUnified,
  uflCombo,
  uflDice,
  uflFocalTversky,
  uflSymmetricFocal,
  uflSymmetricFocalTversky,
  uflSymmetricUnified,
  uflTversky,
} from './ufl.js';
import { gwdl } from './wasserstein.js';

const builders: Readonly<Record<string, PeerBuilder>> = {
  'clDice.cldice_loss.pytorch.cldice.soft_cldice': authorsClDice,
  'clDice.cldice_loss.pytorch.cldice.soft_dice_cldice': authorsDiceClDice,
  'pymic.loss.seg.exp_log.ExpLogLoss': pymicExpLog,
  'SegLossOdyssey.losses_pytorch.dice_loss.ExpLog_loss': seglossExpLog,
  'pytorch3dunet.unet3d.losses.GeneralizedDiceLoss': pytorch3dunetGeneralizedDice,
  'SegLossOdyssey.losses_pytorch.dice_loss.GDiceLoss': seglossGdice,
  'SegLossOdyssey.losses_pytorch.dice_loss.GDiceLossV2': seglossGdiceV2,
  'optax.losses.multiclass_generalized_dice_loss': optaxGeneralizedDice,
  'SegLossOdyssey.losses_pytorch.dice_loss.SoftDiceLoss': seglossSoftDice,
  'SegLossOdyssey.losses_pytorch.dice_loss.IoULoss': seglossIou,
  'SegLossOdyssey.losses_pytorch.dice_loss.TverskyLoss': seglossTversky,
  'SegLossOdyssey.losses_pytorch.dice_loss.FocalTversky_loss': seglossFocalTversky,
  'SegLossOdyssey.losses_pytorch.dice_loss.AsymLoss': seglossAsym,
  'SegLossOdyssey.losses_pytorch.dice_loss.DC_and_CE_loss': seglossDcAndCe,
  'SegLossOdyssey.losses_pytorch.dice_loss.DC_and_topk_loss': seglossDcAndTopk,
  'segmentation_models_pytorch.losses._functional.soft_dice_score': smpDiceScore,
  'segmentation_models_pytorch.losses._functional.soft_jaccard_score': smpJaccardScore,
  'segmentation_models_pytorch.losses._functional.soft_tversky_score': smpTverskyScore,
  'generalized_wasserstein_dice_loss.loss.GeneralizedWassersteinDiceLoss': gwdl,
  'optax.losses.dice_loss': optaxDice,
  'optax.losses.binary_dice_loss': optaxBinaryDice,
  'pytorch3dunet.unet3d.losses.DiceLoss': pytorch3dunetDice,
  'pytorch3dunet.unet3d.losses.BCEDiceLoss': pytorch3dunetBceDice,
  'segmentation_models.losses.DiceLoss': smKerasDice,
  'segmentation_models.losses.JaccardLoss': smKerasJaccard,
  'segmentation_models.losses.cce_dice_loss': smKerasCceDice,
  'segmentation_models.losses.cce_jaccard_loss': smKerasCceJaccard,
  'segmentation_models.losses.0.5*JaccardLoss()+2.0*DiceLoss()': smKerasSum,
  'pytorch_toolbelt.losses.DiceLoss': toolbeltDice,
  'pytorch_toolbelt.losses.BinarySoftF1Loss': toolbeltSoftF1,
  'kornia.losses.dice_loss': korniaDice,
  'kornia.losses.tversky_loss': korniaTversky,
  'JDTLosses.losses.jdt_loss.JDTLoss': jdt,
  'Semantic-Segmentation-Loss-Functions.loss_functions.dice_loss': jadonDice,
  'Semantic-Segmentation-Loss-Functions.loss_functions.focal_tversky': jadonFocalTversky,
  'Semantic-Segmentation-Loss-Functions.loss_functions.jacard_loss': jadonJaccard,
  'Semantic-Segmentation-Loss-Functions.loss_functions.log_cosh_dice_loss': jadonLogCoshDice,
  'Semantic-Segmentation-Loss-Functions.loss_functions.tversky_loss': jadonTversky,
  'segmentation_models.losses.BinaryFocalLoss': smKerasBinaryFocal,
  'segmentation_models.losses.CategoricalFocalLoss': smKerasCategoricalFocal,
  'segmentation_models.losses.binary_focal_dice_loss': smKerasBinaryFocalDice,
  'segmentation_models.losses.categorical_focal_dice_loss': smKerasCategoricalFocalDice,
  'unified-focal-loss.loss_functions.asym_unified_focal_loss': uflAsymmetricUnified,
  'unified-focal-loss.loss_functions.sym_unified_focal_loss': uflSymmetricUnified,
  'unified-focal-loss.loss_functions.asymmetric_focal_loss': uflAsymmetricFocal,
  'unified-focal-loss.loss_functions.symmetric_focal_loss': uflSymmetricFocal,
  'unified-focal-loss.loss_functions.asymmetric_focal_tversky_loss': uflAsymmetricFocalTversky,
  'unified-focal-loss.loss_functions.symmetric_focal_tversky_loss': uflSymmetricFocalTversky,
  'unified-focal-loss.loss_functions.combo_loss': uflCombo,
  'unified-focal-loss.loss_functions.dice_loss': uflDice,
  'unified-focal-loss.loss_functions.focal_tversky_loss': uflFocalTversky,
  'unified-focal-loss.loss_functions.tversky_loss': uflTversky,
  'SegLossOdyssey.losses_pytorch.dice_loss.PenaltyGDiceLoss': seglossPenaltyGdice,
  'SegLossOdyssey.losses_pytorch.dice_loss.SSLoss': seglossSs,
  'pymic.loss.seg.dice.DiceLoss': pymicDice,
  'pymic.loss.seg.dice.BinaryDiceLoss': pymicBinaryDice,
  'pymic.loss.seg.dice.GroupDiceLoss': pymicGroupDice,
  'pymic.loss.seg.dice.FocalDiceLoss': pymicFocalDice,
  'pymic.loss.seg.dice.NoiseRobustDiceLoss': pymicNoiseRobustDice,
  'pymic.loss.seg.ars_tversky.ARSTverskyLoss': pymicArsTversky,
  'mmseg.models.losses.DiceLoss': mmsegDice,
  'mmseg.models.losses.TverskyLoss': mmsegTversky,
};

/** Libraries whose classes are read by the importers, by the beginning of their full names. */
const importers: readonly (readonly [
  home: string,
  builder: (golden: GoldenCase) => PeerLoss | PeerLevels | NotOurs,
])[] = [
  ['monai.losses.', importedMonai],
  ['nnunetv2.training.loss.', importedNnunet],
  ['segmentation_models_pytorch.losses.', importedSmp],
  ['keras.losses.', importedKeras],
];

/** The spec and inputs of a case. */
export function peerLoss(golden: GoldenCase): PeerLoss | PeerLevels | NotOurs {
  const { callable } = golden;
  const [, imported] = importers.find(([home]) => callable.startsWith(home)) ?? [];
  const builder = builders[callable] ?? imported;
  if (builder === undefined) throw new TypeError(`no builder for ${callable}`);
  return builder(golden);
}
