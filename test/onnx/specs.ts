import {
  combine,
  dice,
  exponentialLogarithmicDice,
  fBeta,
  focalDice,
  focalTversky,
  generalizedDice,
  jaccard,
  type LossSpec,
  logCoshDice,
  noiseRobustDice,
  penaltyGeneralizedDice,
  sensitivitySpecificity,
  softDice,
  topK,
  tversky,
  vnet,
  wassersteinDice,
} from '@softdice/core';

const labelled = { target: 'labels', activation: 'softmax' } as const;

/** Losses that between them use every op, target and kind of class, with their number of channels. */
export const specs: Readonly<Record<string, readonly [channels: number, spec: LossSpec]>> = {
  'dice of labels': [3, dice(labelled)],
  'dice of probabilities': [3, dice()],
  'foreground, ignore 255': [
    4,
    dice({ ...labelled, target: { kind: 'labels', ignore: 255 }, classes: 'foreground' }),
  ],
  'binary with mask': [
    1,
    dice({ target: { kind: 'binary', ignore: 255 }, activation: 'sigmoid', voxels: 'mask' }),
  ],
  'multilabel with channel mask': [
    3,
    jaccard({ target: 'multilabel', activation: 'sigmoid', voxels: 'channel-mask' }),
  ],
  'list, per batch, weights': [
    4,
    tversky({
      ...labelled,
      alpha: 0.3,
      beta: 0.7,
      per: 'batch',
      voxels: 'weights',
      classes: { kind: 'list', channels: [3, 1] },
      weights: { kind: 'given', values: [1, 2], on: 'loss', normalise: 'weighted-mean' },
    }),
  ],
  'regions of both': [
    4,
    dice({
      ...labelled,
      classes: {
        kind: 'regions',
        regions: [
          [1, 2, 3],
          [2, 3],
        ],
      },
    }),
  ],
  'regions of the target': [
    3,
    dice({
      target: 'labels',
      activation: 'sigmoid',
      classes: { kind: 'regions', regions: [[1, 2, 3], [2, 3], [3]], merge: 'target' },
    }),
  ],
  'v-net, absent skipped, no reduction of samples': [
    3,
    vnet({ target: 'one-hot', activation: 'softmax', absent: 'skip', reduction: 'class-mean' }),
  ],
  'grid of losses': [3, fBeta({ ...labelled, beta: 2, reduction: 'none' })],
  'grid of losses per batch': [3, fBeta({ ...labelled, per: 'batch', reduction: 'none' })],
  'focal tversky, foreground': [3, focalTversky({ ...labelled, classes: 'foreground' })],
  'soft labels': [3, softDice({ activation: 'sigmoid' })],
  'masked inputs': [3, dice({ ...labelled, voxels: 'masked-inputs' })],
  'noise-robust': [3, noiseRobustDice(labelled)],
  'focal dice': [3, focalDice(labelled)],
  'exponential logarithmic': [3, exponentialLogarithmicDice(labelled)],
  'penalty of a mean': [3, penaltyGeneralizedDice(labelled)],
  'log-cosh of everything': [3, logCoshDice({ ...labelled, per: 'everything' })],
  'log of squared errors, zero': [
    3,
    dice({
      ...labelled,
      counting: 'squared-errors',
      transform: 'log',
      absent: 'zero',
      reduction: 'sample-then-class',
    }),
  ],
  'merged image, target mass': [
    3,
    dice({ activation: 'softmax', voxels: 'target-mass', per: 'merged-image' }),
  ],
  'sensitivity-specificity': [3, sensitivitySpecificity({ ...labelled, per: 'merged-image' })],
  'wasserstein dice': [
    3,
    wassersteinDice({
      ...labelled,
      distances: [
        [0, 1, 1],
        [1, 0, 0.3],
        [0.8, 0.5, 0],
      ],
    }),
  ],
  'generalised dice': [3, generalizedDice(labelled)],
  'generalised dice per batch, foreground': [
    3,
    generalizedDice({ ...labelled, per: 'everything', classes: 'foreground' }),
  ],
  'weighted mean by volume of the batch': [
    3,
    dice({
      ...labelled,
      weights: {
        kind: 'volume',
        power: 1,
        over: 'batch',
        normalise: 'weighted-mean',
        absent: 'epsilon',
      },
    }),
  ],
  'hardest voxels': [3, topK({ ...labelled, percent: 30 })],
  'hardest voxels of listed classes, weighted, masked': [
    4,
    topK({
      ...labelled,
      percent: 12.5,
      voxels: 'mask',
      classes: { kind: 'list', channels: [3, 1] },
      weights: { kind: 'given', values: [1, 2] },
    }),
  ],
  'dice and hardest voxels, sigmoid': [
    2,
    combine([
      [1, dice({ target: 'multilabel', activation: 'sigmoid' })],
      [2, topK({ target: 'multilabel', activation: 'sigmoid', percent: 50 })],
    ]),
  ],
  combined: [
    3,
    combine([
      [0.5, dice(labelled)],
      [2, jaccard(labelled)],
    ]),
  ],
};
