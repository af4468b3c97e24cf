import type { PeerLibrary } from '../library.js';

/** Keras 3: keras.losses. */
export const kerasLibrary: PeerLibrary = {
  name: 'keras',
  title: 'Keras',
  versions: Array.from({ length: 14 }, (_, minor) => `3.${minor + 3}`),
  layout: 'channelsLast',
  classes: [],
};
