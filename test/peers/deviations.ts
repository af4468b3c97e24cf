import type { Difference } from './agreement.js';

/** A case that is not reproduced, and exactly what of it. */
export type Deviation = {
  readonly id: string;
  readonly reason: string;
} & (
  | { readonly differs: { readonly value: Difference; readonly gradient: Difference } }
  | { readonly differs: 'no spec says it' }
);

const tanh = 'other_act "tanh": apply it in the network instead';
const logSoftmax = 'other_act "log_softmax(dim=1)": apply it in the network instead';

/** Cases that no spec says, with the builder's reason. */
const notOurs: readonly (readonly [reason: string, ids: readonly string[]])[] = [
  [
    tanh,
    [
      'monai.dice.015',
      'monai-tests.dice.013',
      'monai-tests.dice.015',
      'monai-tests.dice.016',
      'monai-tests.dice.017',
      'monai-tests.tversky.014',
      'monai-tests.tversky.015',
      'monai-tests.generalized_dice.013',
    ],
  ],
  [
    logSoftmax,
    [
      'monai-tests.dice.014',
      'monai-tests.dice.018',
      'monai-tests.tversky.016',
      'monai-tests.generalized_dice.014',
    ],
  ],
  [
    'clip_tp 0.5: nnU-Net bounds the intersection from below in numerator and denominator, which no spec says',
    ['nnunet.soft_dice.050'],
  ],
  [
    'use_softmax true: MONAI drops channel 0 before the softmax, which no spec says',
    ['monai.focal.006'],
  ],
  ['tanh is no activation of a spec', ['pymic.dice.003']],
  [
    'a score per patch of voxels, its alpha and beta from the errors in it',
    ['pymic.ars_tversky.001', 'pymic.ars_tversky.002'],
  ],
  ['ignored voxels are left out of the intersection alone', ['mmseg.dice.008']],
  [
    'context.samples 2: MONAI adds the true positives of all samples of a batch to each of them, which no spec says',
    ['monai.generalized_wasserstein_dice.015'],
  ],
  [
    'reduction "none": \'none\' gives a value per voxel, which no spec says',
    ['monai.dice_focal.006', 'monai.dice_focal.014', 'monai.dice_focal.022'],
  ],
  [
    'an absent class gets the weight of another class of another sample',
    ['004', '005', '007', '008'].map((id) => `torchmetrics.metric_generalized_dice.${id}`),
  ],
];

/**
 * All cases that are not reproduced.
 *
 * A case that deviates without an entry fails, and so does an entry that no longer applies.
 */
export const deviations: readonly Deviation[] = [
  ...notOurs.flatMap(([reason, ids]) =>
    ids.map((id) => ({ id, reason, differs: 'no spec says it' }) as const),
  ),
  {
    id: 'monai.dice.086',
    reason:
      'without smoothing MONAI is 0/0 for an empty class that is predicted empty; a spec has a floor and scores it 0',
    differs: { value: 'where the peer has NaN', gradient: 'where the peer has NaN' },
  },
  ...['sm-keras.cce_dice.001', 'sm-keras.cce_jaccard.001'].map(
    (id) =>
      ({
        id,
        reason:
          'segmentation_models divides p by its sum, which is 1 already, and differentiates that',
        differs: { value: 'nowhere', gradient: 'elsewhere' },
      }) as const,
  ),
  ...['monai.cldice.005', 'monai.cldice.006', 'monai.cldice.011'].map((id) => ({
    id,
    reason:
      'two voxels of a window have the same p: max pooling gives one of them the whole gradient, a spec halves it',
    differs: { value: 'nowhere', gradient: 'elsewhere' } as const,
  })),
];

/** What is known of a case that is not reproduced. */
export function deviationOf(id: string): Deviation | undefined {
  return deviations.find((entry) => entry.id === id);
}
