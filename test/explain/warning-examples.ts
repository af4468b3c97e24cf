import {
  type ClDiceOptions,
  clDice,
  combine,
  crossEntropy,
  dice,
  diceClDice,
  focal,
  generalizedDice,
  jaccard,
  type LossSpec,
  noiseRobustDice,
  type OverlapOptions,
  sensitivitySpecificity,
  softDice,
  topK,
  tversky,
  vnet,
  wassersteinDice,
} from '@softdice/core';

/** What nothing needs to be said about. */
export const usual: OverlapOptions = { target: 'labels', activation: 'softmax' };
/** The same, in words that every kind of term knows. */
const labels = { target: 'labels', activation: 'softmax' } as const;
const tubes: ClDiceOptions = { target: 'labels', activation: 'softmax' };
const regions = (overlap: boolean): OverlapOptions => ({
  ...usual,
  classes: {
    kind: 'regions',
    regions: overlap ? [[1, 2], [2]] : [[1], [2]],
    merge: 'target',
  },
});

type Weights = Extract<NonNullable<OverlapOptions['weights']>, { readonly kind: 'volume' }>;
const volume = (absent: NonNullable<Weights['absent']>): Weights => ({
  kind: 'volume',
  on: 'both-sums',
  absent,
});

/** For each warning: losses that have it, and losses near them that do not. */
export const table: Readonly<
  Record<string, { readonly with: LossSpec[]; readonly without: LossSpec[] }>
> = {
  W1: { with: [dice()], without: [dice({ activation: 'sigmoid' }), dice(usual)] },
  W2: {
    with: [
      dice({ smoothing: { numerator: 1, denominator: 1 } }),
      dice({ smoothing: { numerator: 1 }, per: 'batch' }),
    ],
    without: [
      dice(),
      dice({ smoothing: { numerator: 0.5, denominator: 0.5 } }),
      dice({ smoothing: { numerator: 1, denominator: 100 } }),
      dice({ smoothing: { numerator: 1, denominator: 1 }, per: 'everything' }),
    ],
  },
  W3: {
    with: [
      dice({ smoothing: { numerator: 0 } }),
      jaccard({ smoothing: { numerator: 0 }, per: 'batch' }),
    ],
    without: [
      dice(),
      dice({ smoothing: { numerator: 0 }, absent: 'skip' }),
      dice({ smoothing: { numerator: 0 }, per: 'merged-image' }),
      noiseRobustDice({ smoothing: { numerator: 0 } }),
      dice({ smoothing: { numerator: 0 }, rescale: { scale: 0.9, offset: 0.1 } }),
    ],
  },
  W4: {
    with: [dice({ target: 'labels', activation: 'sigmoid' })],
    without: [dice(usual), dice({ target: 'binary', activation: 'sigmoid' })],
  },
  W5: {
    with: [
      dice({ target: 'soft' }),
      dice({ rescale: { scale: 0.9 } }),
      dice({ target: 'soft', counting: 'squared-errors' }),
      tversky({ target: 'soft', counting: 'power', alpha: 0.3, beta: 0.7 }),
    ],
    without: [dice(), softDice(), vnet({ target: 'soft' }), noiseRobustDice({ target: 'soft' })],
  },
  W6: {
    with: [dice({ power: { cell: 0.75 } }), dice({ power: { reduced: 0.5 } })],
    without: [dice(), dice({ power: { cell: 2 } })],
  },
  W7: {
    with: [
      dice({ absent: { kind: 'zero', threshold: 5 } }),
      dice({ absent: { kind: 'skip', threshold: 0.5 } }),
    ],
    without: [dice(), dice({ absent: 'zero' }), dice({ absent: 'skip' })],
  },
  W8: {
    with: [dice({ activation: 'softmax', target: 'multilabel' }), dice(regions(true))],
    without: [
      dice({ activation: 'sigmoid', target: 'multilabel' }),
      dice(regions(false)),
      dice(usual),
    ],
  },
  W9: {
    with: [
      dice({ counting: { kind: 'power', exponent: 3 } }),
      tversky({ counting: 'power', alpha: 0.7, beta: 0.3 }),
    ],
    without: [vnet(), tversky({ counting: 'power', alpha: 0.3, beta: 0.7 }), dice()],
  },
  W10: {
    with: [dice({ smoothing: { numerator: 1 } })],
    without: [dice(), dice({ smoothing: { numerator: 1, denominator: 0, floor: 1 } })],
  },
  W11: {
    with: [
      combine([
        [-1, dice()],
        [1, jaccard()],
      ]),
    ],
    without: [
      combine([
        [1, dice()],
        [0, jaccard()],
      ]),
    ],
  },
  W15: {
    with: [
      clDice(tubes),
      combine([
        [1, clDice(tubes)],
        [1, clDice({ ...tubes, iterations: 5 })],
      ]),
    ],
    without: [diceClDice(tubes), dice(usual)],
  },
  W12: {
    with: [
      generalizedDice({ ...usual, weights: volume({ kind: 'epsilon', epsilon: 1e-10 }) }),
      generalizedDice({ ...usual, weights: volume({ kind: 'floor', floor: 1e-3 }) }),
    ],
    without: [
      generalizedDice(usual),
      generalizedDice({ ...usual, weights: volume({ kind: 'zero' }) }),
      generalizedDice({ ...usual, weights: volume({ kind: 'epsilon', epsilon: 1 }) }),
    ],
  },
  W16: {
    with: [
      topK({ voxels: 'mask' }),
      topK({ target: { kind: 'labels', ignore: 255 }, percent: 50 }),
      topK({ voxels: 'target-mass' }),
    ],
    without: [topK(), topK({ percent: 100, voxels: 'mask' })],
  },
  W17: {
    with: [
      wassersteinDice({
        target: 'labels',
        distances: [
          [0, 1, 1],
          [1, 0, 0],
          [1, 0.5, 0],
        ],
      }),
    ],
    without: [
      wassersteinDice({
        target: 'labels',
        distances: [
          [0, 1],
          [0.1, 0],
        ],
      }),
    ],
  },
  W18: {
    with: [noiseRobustDice(usual)],
    without: [noiseRobustDice({ ...usual, gamma: 1 }), dice({ ...usual, counting: 'minimum' })],
  },
  W19: {
    with: [dice({ ...usual, voxels: 'masked-inputs' })],
    without: [dice({ ...usual, voxels: 'mask' })],
  },
  W20: {
    with: [
      crossEntropy({ activation: 'sigmoid', positive: 0 }),
      crossEntropy({ activation: 'sigmoid', negative: 0 }),
    ],
    without: [crossEntropy({ activation: 'sigmoid', negative: 0.1 }), crossEntropy()],
  },
  W21: {
    with: [crossEntropy({ logarithm: 'clipped' })],
    without: [
      crossEntropy({ logarithm: 'affine' }),
      crossEntropy({ activation: 'none', logarithm: 'clipped' }),
    ],
  },
  W22: {
    with: [dice({ target: 'soft', absent: { kind: 'skip', level: 0.5 } })],
    without: [
      dice({ target: 'soft', absent: { kind: 'skip', threshold: 0 } }),
      dice({ absent: { kind: 'skip', level: 0.5 } }),
    ],
  },
  W24: {
    with: [
      sensitivitySpecificity({ activation: 'softmax', sensitivityRatio: 0 }),
      sensitivitySpecificity({ activation: 'softmax', sensitivityRatio: 1 }),
    ],
    without: [sensitivitySpecificity({ activation: 'softmax', sensitivityRatio: 0.01 })],
  },
  W25: {
    with: [
      combine([
        [1, dice(usual)],
        [1, focal({ ...labels, activation: 'sigmoid' })],
      ]),
      combine([
        [1, dice(usual)],
        [1, dice({ ...usual, activation: 'none' })],
      ]),
    ],
    without: [
      combine([
        [1, dice(usual)],
        [1, focal(labels)],
      ]),
      combine([
        [1, dice()],
        [1, jaccard()],
      ]),
    ],
  },
  W26: {
    with: [
      dice({ ...usual, weights: { kind: 'given', values: [1, 5], on: 'both-sums' } }),
      dice({ ...usual, weights: { kind: 'given', values: [3, 3], normalise: 'weighted-mean' } }),
      dice({ ...usual, per: 'batch', weights: volume('largest') }),
      crossEntropy({
        ...labels,
        weights: { kind: 'given', values: [2, 2] },
        average: 'class-weighted',
      }),
    ],
    without: [
      generalizedDice(usual),
      dice({ ...usual, weights: { kind: 'given', values: [3, 3] } }),
      dice({ ...usual, weights: { kind: 'given', values: [1, 3], normalise: 'weighted-mean' } }),
      dice({ ...usual, weights: { kind: 'given', values: [1, 5], on: 'both-factors' } }),
      crossEntropy({ ...labels, weights: { kind: 'given', values: [2, 2] } }),
    ],
  },
  W27: {
    with: [
      crossEntropy({ ...labels, classes: 'foreground' }),
      crossEntropy({ ...labels, classes: { kind: 'list', channels: [2, 1] } }),
    ],
    without: [
      crossEntropy(labels),
      crossEntropy({ ...labels, activation: 'sigmoid', classes: 'foreground' }),
      combine([
        [1, crossEntropy({ ...labels, classes: { kind: 'list', channels: [0] } })],
        [1, crossEntropy({ ...labels, classes: 'foreground' })],
      ]),
    ],
  },
  W28: {
    with: [dice({ ...usual, per: 'everything' }), jaccard({ ...usual, per: 'merged-image' })],
    without: [
      dice({ ...usual, per: 'everything', classes: 'foreground' }),
      dice({ target: 'multilabel', activation: 'sigmoid', per: 'everything' }),
      generalizedDice(usual),
    ],
  },
  W29: {
    with: [
      combine([
        [1, dice(usual)],
        [1, dice({ ...usual, reduction: 'sum' })],
      ]),
      combine([
        [1, dice(usual)],
        [1, crossEntropy({ ...labels, average: 'nothing', reduction: 'sum' })],
      ]),
    ],
    without: [
      dice({ ...usual, reduction: 'sum' }),
      combine([
        [1, dice({ ...usual, reduction: 'sum' })],
        [1, jaccard({ ...usual, reduction: 'sum' })],
      ]),
    ],
  },
  W30: {
    with: [tversky({ ...usual, alpha: 0, beta: 1 }), tversky({ ...usual, alpha: 1, beta: 0 })],
    without: [tversky({ ...usual, alpha: 0.01, beta: 0.99 }), dice(usual)],
  },
};
