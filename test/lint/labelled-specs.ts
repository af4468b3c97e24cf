import {
  clDice,
  combine,
  crossEntropy,
  deepSupervision,
  dice,
  diceClDice,
  diceCrossEntropy,
  fBeta,
  focal,
  focalTversky,
  generalizedDice,
  jaccard,
  levelWeights,
  noiseRobustDice,
  sensitivitySpecificity,
  softDice,
  topK,
  tversky,
  unifiedFocal,
  vnet,
  wassersteinDice,
} from '@softdice/core';
import type { Lintable } from '@softdice/core/lint';
import type { Labelled } from './labelled.js';

const classes = { target: 'labels', activation: 'softmax' } as const;
const binary = { target: 'binary', activation: 'sigmoid' } as const;
/** What JSON holds, whatever its type says. */
const json = (value: unknown): Lintable => value as Lintable;

const right: readonly Omit<Labelled, 'expected'>[] = [
  { name: 'softmax Dice of labels', subject: dice(classes) },
  { name: 'the same without background', subject: dice({ ...classes, classes: 'foreground' }) },
  { name: 'binary Dice', subject: dice(binary), setting: { channels: 1, network: 'logits' } },
  { name: 'probabilities', subject: dice(), setting: { network: 'softmax', channels: 3 } },
  {
    name: 'Dice and cross-entropy',
    subject: diceCrossEntropy(classes),
    setting: { channels: 4, network: 'logits', smallest: 10 },
  },
  { name: 'generalised Dice', subject: generalizedDice(classes) },
  {
    name: 'soft labels counted by minima',
    subject: softDice({ activation: 'sigmoid' }),
    setting: { target: 'soft', network: 'logits' },
  },
  { name: 'V-Net', subject: vnet(binary) },
  {
    name: 'sigmoids of overlapping classes',
    subject: dice({ target: 'multilabel', activation: 'sigmoid' }),
    setting: { target: 'multilabel', channels: 3 },
  },
  { name: 'a focal loss', subject: focal(classes) },
  { name: 'a masked loss', subject: dice({ ...classes, voxels: 'mask' }) },
  {
    name: 'no numerator smoothing where every class is always there',
    subject: dice({ ...classes, smoothing: { numerator: 0 } }),
    setting: { absent: 'never' },
  },
  {
    name: 'no numerator smoothing where absent classes are left out',
    subject: dice({ ...classes, smoothing: { numerator: 0 }, absent: 'skip' }),
  },
  { name: 'Tversky', subject: tversky({ ...classes, alpha: 0.3, beta: 0.7 }) },
  {
    name: 'smoothing of one voxel beside large structures',
    subject: dice({ ...classes, smoothing: { numerator: 1, denominator: 1 } }),
    setting: { smallest: 500 },
  },
  { name: 'Dice and clDice', subject: diceClDice(classes) },
  {
    name: 'class weights',
    subject: dice({ ...classes, weights: { kind: 'given', values: [1, 2, 4] } }),
    setting: { channels: 3 },
  },
  { name: 'top-k', subject: topK({ ...classes, percent: 10 }) },
  { name: 'deep supervision', subject: deepSupervision(dice(classes), levelWeights.exp(3)) },
  {
    name: 'distances between classes',
    subject: wassersteinDice({
      ...classes,
      distances: [
        [0, 1, 1],
        [1, 0, 0.5],
        [1, 0.5, 0],
      ],
    }),
    setting: { channels: 3 },
  },
];

const wrong: readonly Labelled[] = [
  {
    name: 'cross-entropy of one channel',
    subject: crossEntropy({ target: 'one-hot', activation: 'softmax' }),
    setting: { channels: 1 },
    expected: ['L1'],
  },
  {
    name: 'softmax Dice and cross-entropy of one channel',
    subject: diceCrossEntropy({ target: 'one-hot', activation: 'softmax' }),
    setting: { channels: 1 },
    expected: ['L1', 'L1'],
  },
  {
    name: 'Dice on raw logits',
    subject: dice(),
    setting: { network: 'logits' },
    expected: ['L2'],
  },
  { name: 'Dice on who knows what', subject: jaccard(), expected: ['L2'] },
  {
    name: 'softmax of a softmax',
    subject: dice(classes),
    setting: { network: 'softmax' },
    expected: ['L3'],
  },
  {
    name: 'sigmoid of a sigmoid, in both terms',
    subject: diceCrossEntropy(binary),
    setting: { network: 'sigmoid' },
    expected: ['L3', 'L3'],
  },
  {
    name: 'softmax Dice beside a sigmoid focal loss',
    subject: combine([
      [1, dice(classes)],
      [1, focal({ ...classes, activation: 'sigmoid' })],
    ]),
    expected: ['L4'],
  },
  {
    name: 'softmax Dice beside a cross-entropy of probabilities',
    subject: combine([
      [1, dice(classes)],
      [1, crossEntropy({ target: 'labels', activation: 'none' })],
    ]),
    setting: { network: 'logits' },
    expected: ['L2', 'L4'],
  },
  {
    name: 'numerator smoothing 0',
    subject: dice({ ...classes, smoothing: { numerator: 0 } }),
    expected: ['L5'],
  },
  {
    name: 'the same over a batch, Jaccard',
    subject: jaccard({ ...classes, smoothing: { numerator: 0, denominator: 1e-7 }, per: 'batch' }),
    expected: ['L5'],
  },
  {
    name: 'smoothing 1 beside structures of 5 voxels',
    subject: dice({ ...classes, smoothing: { numerator: 1, denominator: 1 } }),
    setting: { smallest: 5 },
    expected: ['L6'],
  },
  {
    name: 'smoothing 100 beside structures of 200 voxels',
    subject: dice({ ...binary, smoothing: { numerator: 100, denominator: 100 } }),
    setting: { smallest: 200 },
    expected: ['L6'],
  },
  {
    name: 'weights in both sums of a class',
    subject: dice({ ...classes, weights: { kind: 'given', values: [1, 5], on: 'both-sums' } }),
    expected: ['L7'],
  },
  {
    name: 'equal weights, normalised',
    subject: dice({
      ...classes,
      weights: { kind: 'given', values: [4, 4], normalise: 'weighted-mean' },
    }),
    expected: ['L7'],
  },
  {
    name: 'a mask on logits',
    subject: dice({ ...classes, voxels: 'masked-inputs' }),
    expected: ['L8'],
  },
  {
    name: 'cross-entropy without background',
    subject: crossEntropy({ ...classes, classes: 'foreground' }),
    expected: ['L9'],
  },
  {
    name: 'soft labels counted by products',
    subject: dice({ target: 'soft', activation: 'sigmoid' }),
    expected: ['L10'],
  },
  {
    name: 'soft labels in one-hot planes',
    subject: dice({ target: 'one-hot', activation: 'softmax' }),
    setting: { target: 'soft' },
    expected: ['L10'],
  },
  {
    name: 'labels of one channel',
    subject: dice({ target: 'labels', activation: 'sigmoid' }),
    setting: { channels: 1 },
    expected: ['L11'],
  },
  {
    name: 'a power below 1',
    subject: focalTversky({ ...classes, gamma: 0.75 }),
    expected: ['L12'],
  },
  {
    name: 'small structures as absent',
    subject: dice({ ...classes, absent: { kind: 'skip', threshold: 20 } }),
    expected: ['L13'],
  },
  {
    name: 'softmax where classes overlap',
    subject: dice({ target: 'one-hot', activation: 'softmax' }),
    setting: { target: 'multilabel' },
    expected: ['L14'],
  },
  {
    name: 'cubes in the denominator',
    subject: dice({ ...classes, counting: { kind: 'power', exponent: 3 } }),
    expected: ['L15'],
  },
  {
    name: 'more smoothing above than below',
    subject: dice({ ...classes, smoothing: { numerator: 0.1, denominator: 0.01 } }),
    expected: ['L16'],
  },
  {
    name: 'a negative weight',
    subject: combine([
      [-1, dice(classes)],
      [1, crossEntropy(classes)],
    ]),
    expected: ['L17'],
  },
  {
    name: 'an absent class that outweighs the others',
    subject: generalizedDice({
      ...classes,
      weights: { kind: 'volume', on: 'both-sums', absent: { kind: 'epsilon', epsilon: 1e-10 } },
    }),
    expected: ['L18'],
  },
  { name: 'clDice alone', subject: clDice(classes), expected: ['L19'] },
  {
    name: 'the hardest among ignored voxels',
    subject: topK({ target: { kind: 'labels', ignore: 255 }, activation: 'softmax' }),
    expected: ['L20'],
  },
  {
    name: 'classes at no distance',
    subject: wassersteinDice({
      ...classes,
      distances: [
        [0, 1, 1],
        [1, 0, 0],
        [1, 0, 0],
      ],
    }),
    expected: ['L21'],
  },
  { name: 'noise-robust Dice', subject: noiseRobustDice(classes), expected: ['L22'] },
  {
    name: 'a cross-entropy of positives alone',
    subject: crossEntropy({ ...binary, negative: 0 }),
    expected: ['L23'],
  },
  {
    name: 'a clipped cross-entropy of logits',
    subject: crossEntropy({ ...classes, logarithm: 'clipped' }),
    expected: ['L24'],
  },
  {
    name: 'faint classes as absent',
    subject: softDice({ activation: 'sigmoid', absent: { kind: 'skip', level: 0.3 } }),
    expected: ['L25'],
  },
  {
    name: 'specificity alone',
    subject: sensitivitySpecificity({ ...classes, sensitivityRatio: 0 }),
    expected: ['L26'],
  },
  {
    name: 'everything in one score, background too',
    subject: dice({ target: 'one-hot', per: 'everything' }),
    setting: { network: 'softmax' },
    expected: ['L27'],
  },
  {
    name: 'a sum beside a mean',
    subject: combine([
      [1, dice({ ...classes, reduction: 'sum' })],
      [1, crossEntropy(classes)],
    ]),
    expected: ['L28'],
  },
  {
    name: 'Tversky of misses alone',
    subject: tversky({ ...classes, alpha: 0, beta: 1 }),
    expected: ['L29'],
  },
  {
    name: 'no denominator',
    subject: dice({ ...classes, smoothing: { numerator: 0, denominator: 0 } }),
    expected: ['L30'],
  },
  {
    name: 'argmax',
    subject: json({ target: 'labels', terms: [{ kind: 'overlap', activation: 'argmax' }] }),
    expected: ['L31'],
  },
  {
    name: 'a threshold',
    subject: json({ target: 'binary', terms: [{ kind: 'overlap', threshold: 0.5 }] }),
    expected: ['L31'],
  },
  {
    name: 'two weights for three channels',
    subject: dice({ ...classes, weights: { kind: 'given', values: [1, 2] } }),
    setting: { channels: 3 },
    expected: ['L32'],
  },
  {
    name: 'raw logits at every level',
    subject: deepSupervision(dice({ target: 'one-hot' }), levelWeights.exp(2)),
    setting: { network: 'logits' },
    expected: ['L2'],
  },
  {
    name: 'several at once',
    subject: fBeta({ target: 'soft', smoothing: { numerator: 0 } }),
    setting: { network: 'logits' },
    expected: ['L2', 'L5', 'L10'],
  },
  {
    name: 'unified focal loss',
    subject: unifiedFocal({ activation: 'softmax', channels: 2 }),
    expected: ['L12', 'L24', 'L24'],
  },
];

/** Losses as specs, right and wrong. */
export const labelledSpecs: readonly Labelled[] = [
  ...right.map((one): Labelled => ({ ...one, expected: [] })),
  ...wrong,
];
