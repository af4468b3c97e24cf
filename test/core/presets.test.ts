import {
  clDice,
  crossEntropy,
  dice,
  diceClDice,
  diceCrossEntropy,
  diceTopK,
  exponentialLogarithmic,
  exponentialLogarithmicDice,
  fBeta,
  focal,
  focalDice,
  focalTversky,
  generalizedDice,
  jaccard,
  type LossSpec,
  logCoshDice,
  noiseRobustDice,
  penaltyGeneralizedDice,
  planOf,
  sensitivitySpecificity,
  softDice,
  topK,
  tversky,
  unifiedFocal,
  unifiedFocalCrossEntropy,
  unifiedFocalTversky,
  vnet,
  wassersteinDice,
} from '@softdice/core';
import { describe, expect, it } from 'vitest';

/** The default Tversky index of the unified focal loss. */
const unifiedPart = (name: string, weight: number) =>
  ({
    kind: 'overlap',
    name,
    weight,
    activation: 'softmax',
    index: { kind: 'tversky', alpha: 1 - 0.6, beta: 0.6 },
    smoothing: { numerator: 1e-7, denominator: 1e-7 },
  }) as const;

/** What each preset documents, as the plain spec. */
const documented: readonly (readonly [string, LossSpec, LossSpec])[] = [
  ['dice', dice(), { terms: ['overlap'] }],
  ['jaccard', jaccard(), { terms: [{ kind: 'overlap', index: 'jaccard' }] }],
  [
    'tversky',
    tversky(),
    { terms: [{ kind: 'overlap', index: { kind: 'tversky', alpha: 0.5, beta: 0.5 } }] },
  ],
  [
    'tversky, one weight given',
    tversky({ beta: 0.8 }),
    { terms: [{ kind: 'overlap', index: { kind: 'tversky', alpha: 0.5, beta: 0.8 } }] },
  ],
  [
    'focalTversky',
    focalTversky(),
    {
      terms: [
        {
          kind: 'overlap',
          index: { kind: 'tversky', alpha: 0.3, beta: 0.7 },
          power: { cell: 0.75 },
        },
      ],
    },
  ],
  [
    'focalTversky, gamma given',
    focalTversky({ gamma: 2, alpha: 0.5, beta: 0.5 }),
    { terms: [{ kind: 'overlap', index: 'tversky', power: { cell: 2 } }] },
  ],
  ['fBeta', fBeta(), { terms: [{ kind: 'overlap', index: { kind: 'f-beta', beta: 1 } }] }],
  [
    'fBeta, beta given',
    fBeta({ beta: 2 }),
    { terms: [{ kind: 'overlap', index: { kind: 'f-beta', beta: 2 } }] },
  ],
  ['vnet', vnet(), { terms: [{ kind: 'overlap', counting: { kind: 'power', exponent: 2 } }] }],
  [
    'sensitivitySpecificity, ratio given',
    sensitivitySpecificity({ sensitivityRatio: 0.05, voxels: 'mask' }),
    { voxels: 'mask', terms: [{ kind: 'sensitivity-specificity', sensitivityRatio: 0.05 }] },
  ],
  ['clDice', clDice(), { terms: ['centerline-dice'] }],
  [
    'diceClDice, alpha and a shared choice given',
    diceClDice({ alpha: 0.25, per: 'batch', clDice: { iterations: 5 } }),
    {
      terms: [
        { kind: 'overlap', weight: 0.75, per: 'batch' },
        { kind: 'centerline-dice', weight: 0.25, per: 'batch', iterations: 5 },
      ],
    },
  ],
  ['softDice', softDice(), { target: 'soft', terms: [{ kind: 'overlap', counting: 'minimum' }] }],
  [
    'crossEntropy',
    crossEntropy(),
    { terms: [{ kind: 'cross-entropy', activation: 'softmax', distribution: 'categorical' }] },
  ],
  [
    'crossEntropy, sigmoid',
    crossEntropy({ activation: 'sigmoid' }),
    {
      terms: [
        {
          kind: 'cross-entropy',
          activation: 'sigmoid',
          distribution: 'bernoulli',
          reduction: 'mean',
        },
      ],
    },
  ],
  [
    'topK',
    topK(),
    {
      terms: [{ kind: 'cross-entropy', activation: 'softmax', average: 'voxels', hardest: 10 }],
    },
  ],
  [
    'diceTopK',
    diceTopK({ target: 'labels', dice: { per: 'batch' }, topK: { percent: 20 } }),
    {
      target: 'labels',
      terms: [
        { kind: 'overlap', activation: 'softmax', per: 'batch' },
        { kind: 'cross-entropy', activation: 'softmax', average: 'voxels', hardest: 20 },
      ],
    },
  ],
  [
    'focal',
    focal(),
    {
      terms: [
        {
          kind: 'cross-entropy',
          activation: 'sigmoid',
          distribution: 'bernoulli',
          focus: 2,
          reduction: 'mean',
        },
      ],
    },
  ],
  [
    'diceCrossEntropy',
    diceCrossEntropy({ dice: { classes: 'foreground' } }),
    {
      terms: [
        { kind: 'overlap', activation: 'softmax', classes: 'foreground' },
        { kind: 'cross-entropy', activation: 'softmax', distribution: 'categorical' },
      ],
    },
  ],
  [
    'generalizedDice',
    generalizedDice(),
    {
      terms: [
        {
          kind: 'overlap',
          per: 'merged-image',
          weights: {
            kind: 'volume',
            power: 2,
            over: 'score',
            on: 'both-sums',
            normalise: 'none',
            absent: { kind: 'largest', floor: 1e-3 },
          },
        },
      ],
    },
  ],
  [
    'noiseRobustDice',
    noiseRobustDice(),
    { terms: [{ kind: 'overlap', per: 'batch', counting: 'noise-robust' }] },
  ],
  [
    'noiseRobustDice, gamma given',
    noiseRobustDice({ gamma: 2, per: 'image' }),
    { terms: [{ kind: 'overlap', counting: { kind: 'noise-robust', exponent: 2 } }] },
  ],
  [
    'unifiedFocalTversky, symmetric',
    unifiedFocalTversky({ form: 'symmetric', delta: 0.7, gamma: 0.25 }),
    {
      terms: [
        {
          kind: 'overlap',
          index: { kind: 'tversky', alpha: 1 - 0.7, beta: 0.7 },
          smoothing: { numerator: 1e-7, denominator: 1e-7 },
          power: { cell: 0.75 },
        },
      ],
    },
  ],
  [
    'unifiedFocalCrossEntropy, symmetric, three channels',
    unifiedFocalCrossEntropy({ form: 'symmetric', channels: 3, delta: 0.75, epsilon: 1e-6 }),
    {
      terms: [
        {
          kind: 'cross-entropy',
          weights: { kind: 'given', values: [0.25, 0.75, 0.75] },
          focus: 0.5,
          logarithm: 'clipped',
          floor: 1e-6,
        },
      ],
    },
  ],
  [
    'unifiedFocalCrossEntropy, symmetric, sigmoid',
    unifiedFocalCrossEntropy({ form: 'symmetric', activation: 'sigmoid', delta: 0.5 }),
    {
      terms: [
        {
          kind: 'cross-entropy',
          activation: 'sigmoid',
          distribution: 'bernoulli',
          negative: 0,
          weights: { kind: 'given', values: [0.5, 0.5] },
          focus: 0.5,
          logarithm: 'clipped',
        },
      ],
    },
  ],
  [
    'unifiedFocal',
    unifiedFocal({ target: 'labels', activation: 'softmax', channels: 4, weight: 0.75 }),
    {
      target: 'labels',
      terms: [
        {
          ...unifiedPart('background Tversky', 0.75 * 0.25),
          classes: { kind: 'list', channels: [0] },
        },
        {
          ...unifiedPart('foreground Tversky', 0.75 * 0.75),
          classes: 'foreground',
          power: { cell: 0.5 },
        },
        {
          kind: 'cross-entropy',
          name: 'background cross-entropy',
          activation: 'softmax',
          weight: 0.25 * (1 - 0.6),
          classes: { kind: 'list', channels: [0] },
          focus: 0.5,
          logarithm: 'clipped',
        },
        {
          kind: 'cross-entropy',
          name: 'foreground cross-entropy',
          activation: 'softmax',
          weight: 0.25 * 0.6,
          classes: 'foreground',
          logarithm: 'clipped',
        },
      ],
    },
  ],
  [
    'focalDice',
    focalDice({ beta: 4 }),
    {
      terms: [
        {
          kind: 'overlap',
          per: 'batch',
          transform: { kind: 'power-complement', exponent: 0.25 },
        },
      ],
    },
  ],
  [
    'exponentialLogarithmicDice',
    exponentialLogarithmicDice(),
    { terms: [{ kind: 'overlap', transform: 'log', power: { cell: 0.3 } }] },
  ],
  [
    'penaltyGeneralizedDice',
    penaltyGeneralizedDice({ strength: 1 }),
    {
      terms: [
        {
          kind: 'overlap',
          per: 'merged-image',
          weights: { kind: 'volume', on: 'both-sums' },
          transform: { kind: 'penalty', strength: 1 },
          transformed: 'mean',
        },
      ],
    },
  ],
  [
    'exponentialLogarithmic',
    exponentialLogarithmic({ target: 'labels', weight: 0.75, gamma: 0.5 }),
    {
      target: 'labels',
      terms: [
        {
          kind: 'overlap',
          weight: 0.75,
          activation: 'softmax',
          per: 'batch',
          transform: { kind: 'log', scale: 0.99, offset: 0.005 },
          power: { cell: 0.5 },
        },
        {
          kind: 'cross-entropy',
          weight: 0.25,
          activation: 'softmax',
          logarithm: { kind: 'affine', offset: 0.005, scale: 0.99 },
          exponent: 0.5,
          weights: { kind: 'frequency', power: 0.5, epsilon: 0.1 },
        },
      ],
    },
  ],
  ['logCoshDice', logCoshDice(), { terms: [{ kind: 'overlap', transform: 'log-cosh' }] }],
];

describe('a preset is its documented spec', () => {
  it.each(documented)('%s', (_, preset, spec) => {
    // Plain specs are named by their index, as presets are.
    expect(planOf(preset)).toEqual(planOf(spec));
  });
});

const presets = {
  dice,
  jaccard,
  tversky,
  focalTversky,
  fBeta,
  vnet,
  softDice,
  logCoshDice,
  noiseRobustDice,
  focalDice,
  exponentialLogarithmicDice,
};

describe.each(Object.entries(presets))('%s', (_, preset) => {
  it('takes what every loss may choose', () => {
    const { target, voxels, rescale, terms } = planOf(
      preset({
        target: 'labels',
        voxels: 'mask',
        rescale: { scale: 0.9 },
        activation: 'softmax',
        classes: 'foreground',
        per: 'batch',
        smoothing: { numerator: 1, denominator: 1 },
        absent: 'zero',
        weight: 0.5,
        name: 'mine',
      }),
    );
    expect([target, voxels, rescale]).toEqual([
      { kind: 'labels' },
      { kind: 'mask' },
      { scale: 0.9, offset: 0 },
    ]);
    expect(terms).toHaveLength(1);
    expect(terms[0]).toMatchObject({
      activation: 'softmax',
      classes: { kind: 'foreground' },
      per: 'batch',
      smoothing: { numerator: 1, denominator: 1, floor: 0 },
      absent: { kind: 'zero', threshold: 0 },
      weight: 0.5,
      name: 'mine',
    });
  });

  it('changes nothing of what it leaves open', () => {
    const [before] = planOf(preset()).terms;
    const [after] = planOf(preset({ per: 'everything' })).terms;
    expect(after).toEqual({ ...before, per: 'everything' });
  });

  it('gives JSON', () => {
    const spec = preset({ activation: 'sigmoid' });
    expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
  });
});

it('Wasserstein scales distances between many classes', () => {
  const distances = Array.from({ length: 500 }, (_, a) =>
    Array.from({ length: 500 }, (_, b) => Math.abs(a - b)),
  );
  const { terms } = wassersteinDice({ target: 'labels', distances });
  const scaled = terms.flatMap((term) =>
    typeof term === 'object' && 'distances' in term ? term.distances.slice(0, 1) : [],
  )[0];
  expect([scaled?.[0], scaled?.[499]]).toEqual([0, 1]);
});
