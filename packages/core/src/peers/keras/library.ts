import type { PeerLibrary } from '../library.js';
import { kerasDice } from './dice.js';
import { kerasTversky } from './tversky.js';

/** Keras 3.3 to 3.16: keras.losses. */
export const kerasLibrary: PeerLibrary = {
  name: 'keras',
  title: 'Keras',
  versions: Array.from({ length: 14 }, (_, minor) => `3.${minor + 3}`),
  layout: 'channelsLast',
  classes: [kerasDice, kerasTversky],
};
