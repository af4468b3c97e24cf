import type { PeerLibrary } from '../library.js';

/** nnU-Net v2: nnunetv2.training.loss. */
export const nnunetLibrary: PeerLibrary = {
  name: 'nnunet',
  title: 'nnU-Net',
  versions: ['2.0', '2.1', '2.2', '2.3', '2.4', '2.5', '2.6', '2.7', '2.8'],
  layout: 'channelsFirst',
  classes: [],
};
