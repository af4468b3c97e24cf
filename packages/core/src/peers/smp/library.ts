import type { PeerLibrary } from '../library.js';

/** segmentation_models.pytorch: segmentation_models_pytorch.losses; main at 5006616. */
export const smpLibrary: PeerLibrary = {
  name: 'smp',
  title: 'segmentation_models.pytorch',
  versions: ['0.3', '0.4', '0.5', 'main'],
  layout: 'channelsFirst',
  classes: [],
};
