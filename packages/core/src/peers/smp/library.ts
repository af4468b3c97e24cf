import type { PeerLibrary } from '../library.js';
import { smpDice } from './dice.js';
import { smpFocal } from './focal.js';
import { smpJaccard } from './jaccard.js';
import { smpTversky } from './tversky.js';

/** segmentation_models.pytorch: segmentation_models_pytorch.losses; main at 5006616. */
export const smpLibrary: PeerLibrary = {
  name: 'smp',
  title: 'segmentation_models.pytorch',
  versions: ['0.3', '0.4', '0.5', 'main'],
  layout: 'channelsFirst',
  classes: [smpDice, smpJaccard, smpTversky, smpFocal],
};
