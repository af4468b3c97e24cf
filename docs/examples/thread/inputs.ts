import type { Inputs } from './thread-formula.js';

/** Sums: I = 2.25, P = 4, T = 3. */
export const binaryImages: Inputs = {
  are: '2 images of 2 x 2 pixels, one channel of probabilities, masks of 0 and 1',
  prediction: { shape: [2, 1, 2, 2], data: [0.75, 0.5, 0.25, 0.5, 1, 0.5, 0.25, 0.25] },
  target: { shape: [2, 1, 2, 2], data: [1, 1, 0, 0, 1, 0, 0, 0] },
};

/** Sums of the first class: I = 2.25, P = 3, T = 3; of the second: I = 1.25, P = 2, T = 2. */
export const flattenedSamples: Inputs = {
  are: '5 samples, probabilities of 2 classes, one-hot targets',
  prediction: { shape: [5, 2], data: [0.75, 0.25, 0.5, 0.5, 0.25, 0.75, 0.5, 0.5, 1, 0] },
  target: { shape: [5, 2], data: [1, 0, 1, 0, 0, 1, 0, 1, 1, 0] },
};

/** Scores without smoothing: 0.75 and 0.75 in the first volume, 0.7 and 0.5 in the second. */
export const volumes: Inputs = {
  are: '2 volumes of 2 x 1 x 2 voxels, probabilities of 2 classes, one-hot targets',
  prediction: {
    shape: [2, 2, 2, 1, 2],
    data: [
      [0, 0.5, 0.75, 0.75],
      [1, 0.5, 0.25, 0.25],
      [0.5, 0.5, 0.25, 0.75],
      [0.5, 0.5, 0.75, 0.25],
    ].flat(),
  },
  target: {
    shape: [2, 2, 2, 1, 2],
    data: [
      [0, 0, 1, 1],
      [1, 1, 0, 0],
      [1, 1, 0, 1],
      [0, 0, 1, 0],
    ].flat(),
  },
};

/** Argmax decides 0 1 2 / 3 0 0; class 4 is neither decided nor there. */
export const fiveClasses: Inputs = {
  are: '1 image of 2 x 3 pixels, logits of 5 classes, a label map',
  prediction: {
    shape: [1, 5, 2, 3],
    data: [
      [2, 0, 0, 0, 1, 2],
      [0, 2, 0.5, 0, 0, 0],
      [0, 0, 2, 0, 0, 0.5],
      [0, 0.5, 0, 2, 0.5, 0],
      [0, 0, 0, 0, 0, 0],
    ].flat(),
  },
  target: { shape: [1, 2, 3], data: [0, 1, 2, 3, 3, 0] },
};

/** Six of eight pixels are background. */
export const mostlyBackground: Inputs = {
  are: '1 image of 2 x 4 pixels, probabilities of 3 classes, a label map with 6 pixels of class 0',
  prediction: {
    shape: [1, 3, 2, 4],
    data: [
      [1, 1, 1, 0.75, 0.75, 0.75, 0.5, 0.5],
      [0, 0, 0, 0.25, 0, 0.25, 0.5, 0],
      [0, 0, 0, 0, 0.25, 0, 0, 0.5],
    ].flat(),
  },
  target: { shape: [1, 2, 4], data: [0, 0, 0, 0, 0, 0, 1, 2] },
};

/** Parallel, and one half as long as the other. */
export const parallelVectors: Inputs = {
  are: 'p = (0.5, 0.25) and t = (1, 0.5), which are parallel',
  prediction: { shape: [1, 1, 2], data: [0.5, 0.25] },
  target: { shape: [1, 1, 2], data: [1, 0.5] },
};
