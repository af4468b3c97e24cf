import type { PeerLibrary } from '../library.js';
import type { Importer } from '../peer-class.js';
import { nnunetDcAndBce } from './dc-and-bce.js';
import { nnunetDcAndCe } from './dc-and-ce.js';
import { nnunetDcAndTopk } from './dc-and-topk.js';
import { nnunetDeepSupervision } from './deep-supervision.js';
import { nnunetMemoryEfficientSoftDice, nnunetSoftDice } from './soft-dice.js';

const losses: readonly Importer[] = [
  nnunetSoftDice,
  nnunetMemoryEfficientSoftDice,
  nnunetDcAndCe,
  nnunetDcAndBce,
  nnunetDcAndTopk,
];

/** nnU-Net v2: nnunetv2.training.loss. */
export const nnunetLibrary: PeerLibrary = {
  name: 'nnunet',
  title: 'nnU-Net',
  versions: ['2.0', '2.1', '2.2', '2.3', '2.4', '2.5', '2.6', '2.7', '2.8'],
  layout: 'channelsFirst',
  classes: [...losses, nnunetDeepSupervision(losses)],
};
