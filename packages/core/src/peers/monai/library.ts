import type { PeerLibrary } from '../library.js';
import { monaiDice } from './dice.js';

/** MONAI 1.3.2, 1.4 and 1.5: monai.losses. */
export const monaiLibrary: PeerLibrary = {
  name: 'monai',
  title: 'MONAI',
  versions: ['1.3.2', '1.4', '1.5'],
  layout: 'channelsFirst',
  classes: [monaiDice],
};
