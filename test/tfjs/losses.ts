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

/** A loss and the number of channels to try it with. */
export interface Tried {
  readonly name: string;
  readonly spec: LossSpec;
  readonly channels: number;
}

const labels = { target: 'labels', activation: 'softmax' } as const;

const distances = [
  [0, 1, 1],
  [1, 0, 0.3],
  [0.8, 0.5, 0],
];

/** Losses that reach every op and every kind of target, voxels, classes and reduction. */
export const losses: readonly Tried[] = [
  { name: 'dice of probabilities', spec: dice(), channels: 3 },
  { name: 'dice of labels', spec: dice({ ...labels, classes: 'foreground' }), channels: 4 },
  {
    name: 'dice with ignore',
    spec: dice({ ...labels, target: { kind: 'labels', ignore: 255 } }),
    channels: 3,
  },
  {
    name: 'dice per batch, none',
    spec: dice({ ...labels, per: 'batch', reduction: 'none' }),
    channels: 3,
  },
  { name: 'dice per image, none', spec: dice({ ...labels, reduction: 'none' }), channels: 3 },
  { name: 'dice, class-mean', spec: dice({ ...labels, reduction: 'class-mean' }), channels: 3 },
  {
    name: 'dice of one image',
    spec: dice({ ...labels, per: 'merged-image', reduction: 'none' }),
    channels: 3,
  },
  { name: 'dice of all', spec: dice({ ...labels, per: 'everything' }), channels: 3 },
  {
    name: 'dice of listed classes',
    spec: dice({ ...labels, classes: { kind: 'list', channels: [2, 0] } }),
    channels: 3,
  },
  {
    name: 'dice of regions',
    spec: dice({ ...labels, classes: { kind: 'regions', regions: [[1, 2, 3], [2, 3], [3]] } }),
    channels: 4,
  },
  {
    name: 'dice of target regions',
    spec: dice({
      target: 'labels',
      activation: 'sigmoid',
      classes: { kind: 'regions', regions: [[1, 2, 3], [2]], merge: 'target' },
    }),
    channels: 2,
  },
  {
    name: 'jaccard, binary',
    spec: jaccard({ target: 'binary', activation: 'sigmoid' }),
    channels: 1,
  },
  {
    name: 'tversky, multilabel, masked',
    spec: tversky({ target: 'multilabel', activation: 'sigmoid', voxels: 'mask', alpha: 0.3 }),
    channels: 3,
  },
  {
    name: 'focal tversky, channel mask',
    spec: focalTversky({ target: 'multilabel', activation: 'sigmoid', voxels: 'channel-mask' }),
    channels: 2,
  },
  { name: 'f-beta, weights', spec: fBeta({ ...labels, beta: 2, voxels: 'weights' }), channels: 3 },
  {
    name: 'v-net, cubes',
    spec: vnet({ ...labels, counting: { kind: 'power', exponent: 3 } }),
    channels: 3,
  },
  {
    name: 'v-net, 2.5',
    spec: vnet({ ...labels, counting: { kind: 'power', exponent: 2.5 } }),
    channels: 3,
  },
  { name: 'soft labels', spec: softDice({ activation: 'softmax' }), channels: 3 },
  { name: 'masked inputs', spec: dice({ ...labels, voxels: 'masked-inputs' }), channels: 3 },
  { name: 'noise-robust', spec: noiseRobustDice(labels), channels: 3 },
  { name: 'focal dice', spec: focalDice(labels), channels: 3 },
  { name: 'exp-log', spec: exponentialLogarithmicDice(labels), channels: 3 },
  { name: 'penalty', spec: penaltyGeneralizedDice(labels), channels: 3 },
  { name: 'squared errors', spec: dice({ ...labels, counting: 'squared-errors' }), channels: 3 },
  {
    name: 'log-cosh, skip, weights',
    spec: logCoshDice({
      ...labels,
      absent: 'skip',
      weights: { kind: 'given', values: [1, 2, 3], normalise: 'weighted-mean' },
    }),
    channels: 3,
  },
  {
    name: 'sensitivity-specificity',
    spec: sensitivitySpecificity({ ...labels, voxels: 'weights', per: 'batch' }),
    channels: 3,
  },
  {
    name: 'wasserstein dice',
    spec: wassersteinDice({ ...labels, distances, weighting: 'volume' }),
    channels: 3,
  },
  {
    name: 'wasserstein dice of everything, weights',
    spec: wassersteinDice({ ...labels, distances, per: 'everything', voxels: 'weights' }),
    channels: 3,
  },
  { name: 'generalised dice', spec: generalizedDice(labels), channels: 3 },
  {
    name: 'weighted mean by volume',
    spec: dice({
      ...labels,
      weights: { kind: 'volume', normalise: 'weighted-mean', absent: 'zero' },
    }),
    channels: 3,
  },
  { name: 'hardest voxels', spec: topK({ ...labels, percent: 30 }), channels: 3 },
  {
    name: 'dice and hardest voxels, masked',
    spec: combine([
      [1, dice({ ...labels, voxels: 'mask' })],
      [1, topK({ ...labels, voxels: 'mask', classes: 'foreground', percent: 50 })],
    ]),
    channels: 3,
  },
  {
    // The gradient reads the ranking and the prediction, which no activation stands for.
    name: 'hardest voxels of probabilities',
    spec: topK({ target: 'multilabel', activation: 'none', distribution: 'bernoulli' }),
    channels: 2,
  },
  {
    name: 'log, target mass',
    spec: dice({ activation: 'softmax', transform: 'log', voxels: 'target-mass' }),
    channels: 3,
  },
  {
    name: 'dice and jaccard',
    spec: combine([
      [0.5, dice({ ...labels, classes: 'foreground' })],
      [2, jaccard({ target: 'labels', activation: 'sigmoid' })],
    ]),
    channels: 3,
  },
  {
    // The gradient reads the prediction beside its softmax.
    name: 'dice of logits and of probabilities',
    spec: combine([
      [1, dice({ activation: 'softmax' })],
      [1, vnet()],
    ]),
    channels: 3,
  },
];
