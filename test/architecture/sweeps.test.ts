import {
  compile,
  type LossSpec,
  lossSchema,
  parseSpec,
  type Schema,
  sweeps,
  topK,
} from '@softdice/core';
import { describe, expect, it } from 'vitest';

type Choice = Extract<Schema, { type: 'choice' | 'tagged' }>;

const { target, voxels, terms } = lossSchema.fields;
const {
  activation,
  classes,
  counting,
  index,
  per,
  absent,
  weights,
  transform,
  transformed,
  reduction,
} = terms.items.variants.overlap.fields;
const { on, normalise } = weights.variants.given.fields;
const volume = weights.variants.volume.fields;

/** What a word needs beside it. */
const fields: Readonly<Record<string, object>> = {
  list: { channels: [0] },
  regions: { regions: [[0, 1]] },
  given: { values: [1] },
};

const ofTerm = (field: string) => (value: unknown) => ({
  terms: [{ kind: 'overlap', [field]: value }],
});
const ofWeights = (field: string) => (value: unknown) =>
  ofTerm('weights')({ kind: 'given', values: [1], [field]: value });
const ofVolumes = (field: string) => (value: unknown) =>
  ofTerm('weights')({ kind: 'volume', [field]: value });

/** Every choice with a loss that takes it and is plain otherwise. */
const choices: readonly (readonly [string, Choice, (value: unknown) => unknown])[] = [
  ['target', target, (value) => ({ target: value, terms: ['overlap'] })],
  ['voxels', voxels, (value) => ({ voxels: value, terms: ['overlap'] })],
  ['activation', activation, ofTerm('activation')],
  ['classes', classes, ofTerm('classes')],
  ['counting', counting, ofTerm('counting')],
  ['index', index, ofTerm('index')],
  ['per', per, ofTerm('per')],
  ['absent', absent, ofTerm('absent')],
  ['weights', weights, ofTerm('weights')],
  ['weights.on', on, ofWeights('on')],
  ['weights.normalise', normalise, ofWeights('normalise')],
  ['weights.over', volume.over, ofVolumes('over')],
  ['weights.on, by volume', volume.on, ofVolumes('on')],
  ['weights.normalise, by volume', volume.normalise, ofVolumes('normalise')],
  ['weights.absent', volume.absent, ofVolumes('absent')],
  ['transform', transform, ofTerm('transform')],
  ['transformed', transformed, ofTerm('transformed')],
  ['reduction', reduction, ofTerm('reduction')],
];

/** What has numbers rather than words, or both. */
const further: Readonly<Record<string, unknown>> = {
  rescale: { rescale: { scale: 0.9, offset: 0.05 }, terms: ['overlap'] },
  'labels ignored': { target: { kind: 'labels', ignore: 255 }, terms: ['overlap'] },
  'mask and ignored': { target: { kind: 'binary', ignore: 2 }, voxels: 'mask', terms: ['overlap'] },
  'regions of labels': {
    target: 'labels',
    ...ofTerm('classes')({ kind: 'regions', regions: [[0, 1]], merge: 'target' }),
  },
  'power of cells': ofTerm('power')({ cell: 2 }),
  'power of the mean': ofTerm('power')({ reduced: 0.5 }),
  'floor of the denominator': ofTerm('smoothing')({ floor: 1 }),
};

const rows = [
  ...choices.flatMap(([name, choice, spec]) =>
    (choice.type === 'choice' ? choice.words : Object.keys(choice.variants)).map((word) => {
      const value = choice.type === 'choice' ? word : { kind: word, ...fields[word] };
      return [`${name} ${word}`, spec(value)] as const;
    }),
  ),
  ...Object.entries(further),
].map(([name, spec]) => {
  const { whole } = compile(parseSpec(spec));
  return `${name}: ${sweeps(whole.loss)}, ${sweeps(whole.gradient)}`;
});

describe('sweeps over the voxels', () => {
  it('are one for the loss and two for the gradient, whatever is chosen', () => {
    expect(rows.join('\n')).toMatchInlineSnapshot(`
      "target labels: 1, 2
      target binary: 1, 2
      target one-hot: 1, 2
      target multilabel: 1, 2
      target soft: 1, 2
      voxels all: 1, 2
      voxels mask: 1, 2
      voxels channel-mask: 1, 2
      voxels weights: 1, 2
      voxels masked-inputs: 1, 2
      voxels target-mass: 1, 2
      activation softmax: 1, 2
      activation sigmoid: 1, 2
      activation none: 1, 2
      classes all: 1, 2
      classes foreground: 1, 2
      classes list: 1, 2
      classes regions: 1, 2
      counting product: 1, 2
      counting minimum: 1, 2
      counting power: 1, 2
      counting squared-errors: 1, 2
      counting noise-robust: 1, 2
      index dice: 1, 2
      index jaccard: 1, 2
      index tversky: 1, 2
      index f-beta: 1, 2
      per image: 1, 2
      per batch: 1, 2
      per merged-image: 1, 2
      per everything: 1, 2
      absent keep: 1, 2
      absent zero: 1, 2
      absent skip: 1, 2
      weights none: 1, 2
      weights given: 1, 2
      weights volume: 1, 2
      weights.on loss: 1, 2
      weights.on score: 1, 2
      weights.on intersection: 1, 2
      weights.on both-sums: 1, 2
      weights.on both-factors: 1, 2
      weights.normalise none: 1, 2
      weights.normalise sum-to-one: 1, 2
      weights.normalise weighted-mean: 1, 2
      weights.over score: 1, 2
      weights.over batch: 1, 2
      weights.on, by volume loss: 1, 2
      weights.on, by volume score: 1, 2
      weights.on, by volume intersection: 1, 2
      weights.on, by volume both-sums: 1, 2
      weights.on, by volume both-factors: 1, 2
      weights.normalise, by volume none: 1, 2
      weights.normalise, by volume sum-to-one: 1, 2
      weights.normalise, by volume weighted-mean: 1, 2
      weights.absent largest: 1, 2
      weights.absent zero: 1, 2
      weights.absent epsilon: 1, 2
      weights.absent floor: 1, 2
      transform complement: 1, 2
      transform negative: 1, 2
      transform log: 1, 2
      transform log-cosh: 1, 2
      transform power-complement: 1, 2
      transform penalty: 1, 2
      transformed cell: 1, 2
      transformed mean: 1, 2
      reduction mean: 1, 2
      reduction sum: 1, 2
      reduction none: 1, 2
      reduction class-mean: 1, 2
      reduction class-then-sample: 1, 2
      reduction sample-then-class: 1, 2
      rescale: 1, 2
      labels ignored: 1, 2
      mask and ignored: 1, 2
      regions of labels: 1, 2
      power of cells: 1, 2
      power of the mean: 1, 2
      floor of the denominator: 1, 2"
    `);
  });

  it('are no more for a cross-entropy, whose gradient needs counts alone', () => {
    const fields = terms.items.variants['cross-entropy'].fields;
    const of = (field: keyof typeof fields, word: string): string => {
      const regions = word === 'regions' ? { kind: word, regions: [[0, 1], [1]] } : word;
      const value = word === 'list' ? { kind: word, channels: [0] } : regions;
      const bernoulli =
        word === 'sigmoid' || word === 'regions' ? { distribution: 'bernoulli' } : {};
      const term = { kind: 'cross-entropy', ...bernoulli, [field]: value };
      const target = word === 'regions' ? 'labels' : 'one-hot';
      const { whole } = compile(parseSpec({ target, voxels: 'mask', terms: [term] }));
      return `${field} ${word}: ${sweeps(whole.loss)}, ${sweeps(whole.gradient)}`;
    };
    const found = [
      ...fields.activation.words.map((word) => of('activation', word)),
      ...fields.distribution.words.map((word) => of('distribution', word)),
      ...Object.keys(fields.classes.variants).map((word) => of('classes', word)),
      ...fields.average.words.map((word) => of('average', word)),
      ...fields.reduction.words.map((word) => of('reduction', word)),
    ];
    expect(found.join('\n')).toMatchInlineSnapshot(`
      "activation softmax: 1, 2
      activation sigmoid: 1, 2
      activation none: 1, 2
      distribution categorical: 1, 2
      distribution bernoulli: 1, 2
      classes all: 1, 2
      classes foreground: 1, 2
      classes list: 1, 2
      classes regions: 1, 2
      average voxels: 1, 1
      average valid: 1, 2
      average class-weighted: 1, 2
      average focal-factors: 1, 2
      average nothing: 1, 1
      reduction class-sum: 1, 2
      reduction mean: 1, 2
      reduction sum: 1, 2
      reduction none: 1, 2"
    `);
  });

  it('are one more of each where the hardest voxels are chosen first', () => {
    const voxels = ['all', 'mask', 'channel-mask'] as const;
    const rows = voxels.map((kind) => {
      const { whole } = compile(topK({ voxels: kind }));
      return `${kind}: ${sweeps(whole.loss)}, ${sweeps(whole.gradient)}`;
    });
    expect(rows).toEqual(['all: 2, 3', 'mask: 2, 3', 'channel-mask: 2, 3']);
    const { whole } = compile(topK({ percent: 100 }));
    expect([sweeps(whole.loss), sweeps(whole.gradient)]).toEqual([1, 1]);
  });

  it('are no more for a Wasserstein Dice', () => {
    const { weighting, per } = terms.items.variants.wasserstein.fields;
    const of = (choice: object): readonly number[] => {
      const distances = [
        [0, 1],
        [1, 0],
      ];
      const term = { kind: 'wasserstein', activation: 'softmax', distances, ...choice };
      const { whole } = compile(parseSpec({ voxels: 'mask', terms: [term] }));
      return [sweeps(whole.loss), sweeps(whole.gradient)];
    };
    const found = [
      ...weighting.words.map((word) => of({ weighting: word })),
      ...per.words.map((word) => of({ per: word })),
    ];
    expect(found).toEqual(found.map(() => [1, 2]));
  });

  it('are no more for sensitivity-specificity', () => {
    const { per } = terms.items.variants['sensitivity-specificity'].fields;
    const found = per.words.map((word) => {
      const term = { kind: 'sensitivity-specificity', activation: 'softmax', per: word };
      const { whole } = compile(parseSpec({ voxels: 'mask', terms: [term] }));
      return [sweeps(whole.loss), sweeps(whole.gradient)];
    });
    expect(found).toEqual(found.map(() => [1, 2]));
  });

  it('are no more for several terms', () => {
    const spec: LossSpec = {
      terms: [
        { kind: 'overlap', activation: 'softmax' },
        { kind: 'overlap', activation: 'sigmoid', index: 'jaccard', per: 'batch' },
      ],
    };
    const { whole } = compile(spec);
    expect([sweeps(whole.loss), sweeps(whole.gradient)]).toEqual([1, 2]);
  });
});
