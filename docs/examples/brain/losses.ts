import { dice, jaccard, type LossSpec, tversky, vnet } from '@softdice/core';

/** The losses that the example compares: all take logits and labels. */
export const losses: Readonly<Record<string, LossSpec>> = {
  'Dice, all classes': dice({ target: 'labels', activation: 'softmax' }),
  'Dice, foreground': dice({ target: 'labels', activation: 'softmax', classes: 'foreground' }),
  'Jaccard, foreground': jaccard({
    target: 'labels',
    activation: 'softmax',
    classes: 'foreground',
  }),
  'Tversky 0.3/0.7': tversky({
    target: 'labels',
    activation: 'softmax',
    classes: 'foreground',
    alpha: 0.3,
    beta: 0.7,
  }),
  'V-Net (squares)': vnet({ target: 'labels', activation: 'softmax' }),
};
