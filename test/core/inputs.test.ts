import {
  checkInputs,
  type InputShapes,
  type LossSpec,
  planOf,
  type TermSpec,
} from '@softdice/core';
import { describe, expect, it } from 'vitest';
import { messagesOf, problemsOf } from './problems.js';

type Term = Extract<TermSpec, { readonly kind: 'overlap' }>;

const check = (
  shared: Omit<LossSpec, 'terms'>,
  shapes: InputShapes,
  term: Omit<Term, 'kind'> = {},
): readonly string[] =>
  messagesOf(() =>
    checkInputs(planOf({ ...shared, terms: [{ kind: 'overlap', ...term }] }), shapes),
  );

/** A prediction of 2 samples, 3 channels, 4 x 5 voxels. */
const prediction = [2, 3, 4, 5];
const full = { prediction, target: prediction };
const sparse = { prediction, target: [2, 4, 5] };

describe('shapes that fit', () => {
  it.each([
    [{}, full],
    [{ target: 'labels' }, sparse],
    [{ target: 'labels' }, { prediction, target: [2, 1, 4, 5] }],
    [{ target: 'binary' }, { prediction: [2, 1, 4], target: [2, 4] }],
    [{ target: 'binary' }, { prediction: [2, 1, 4], target: [2, 1, 4] }],
    [{ target: 'labels' }, { prediction: [2, 3], target: [2] }],
    [{ target: 'labels' }, { prediction: [2, 3], target: [2, 1] }],
    [{ voxels: 'mask' }, { ...full, mask: [2, 4, 5] }],
    [{ voxels: 'mask' }, { ...full, mask: [2, 1, 4, 5] }],
    [{ voxels: 'weights' }, { ...full, mask: [2, 4, 5] }],
    [{ voxels: 'masked-inputs' }, { ...full, mask: [2, 4, 5] }],
    [{ voxels: 'channel-mask' }, { ...full, mask: prediction }],
    [{ voxels: 'target-mass' }, full],
  ] as const)('%j: %j', (shared, shapes) => {
    expect(check(shared, shapes)).toEqual([]);
  });
});

describe('a message', () => {
  it.each([
    [{}, { prediction: [2], target: [2] }],
    [{}, { prediction: [0, 3, 4], target: [0, 3, 4] }],
    [{}, { prediction, target: [2, 4, 5] }],
    [{ target: 'labels' }, full],
    [{ target: 'labels' }, { prediction, target: [2, 5, 4] }],
    [{}, { ...full, mask: [2, 4, 5] }],
    [{ voxels: 'target-mass' }, { ...full, mask: [2, 4, 5] }],
    [{ voxels: 'mask' }, full],
    [{ voxels: 'mask' }, { ...full, mask: prediction }],
    [{ voxels: 'channel-mask' }, { ...full, mask: [2, 1, 4, 5] }],
    [{ target: 'binary' }, { prediction, target: [2, 4, 5] }],
    [{ target: 'labels' }, { prediction: [2, 1, 4], target: [2, 4] }],
  ] as const)('about %j: %j', (shared, shapes) => {
    expect(check(shared, shapes).join('\n')).toMatchSnapshot();
  });

  it.each([
    [1, 2, { activation: 'softmax' }],
    [1, 2, { classes: 'foreground' }],
    [3, 4, { classes: { kind: 'list', channels: [0, 3] } }],
    [3, 4, { classes: { kind: 'regions', regions: [[0, 1], [3]] } }],
    [3, 2, { weights: { kind: 'given', values: [1, 2] } }],
    [3, 4, { classes: 'foreground', weights: { kind: 'given', values: [1, 2, 3] } }],
  ] as const)('about %d channels where %d fit: %j', (channels, fitting, term) => {
    const shape = [2, channels, 4];
    expect(check({}, { prediction: shape, target: shape }, term)).toMatchSnapshot();
    const enough = [2, fitting, 4];
    expect(check({}, { prediction: enough, target: enough }, term)).toEqual([]);
  });

  it('about a network without a channel per row of distances', () => {
    const term = {
      kind: 'wasserstein',
      distances: [
        [0, 1],
        [1, 0],
      ],
    } as const;
    const plan = planOf({ terms: [term] });
    expect(messagesOf(() => checkInputs(plan, full)).join()).toMatchInlineSnapshot(
      `"[softdice] Invalid prediction: expected 2 channels, one per row of distances but received 3 channels; give distances between as many classes as the network has channels"`,
    );
    expect(messagesOf(() => checkInputs(plan, { prediction: [2, 2], target: [2, 2] }))).toEqual([]);
  });

  it('about regions of labels: one channel per region', () => {
    const classes = { kind: 'regions', regions: [[1, 7], [2]], merge: 'target' } as const;
    expect(check({ target: 'labels' }, sparse, { classes })).toMatchSnapshot();
    const fits = { prediction: [2, 2, 4], target: [2, 4] };
    expect(check({ target: 'labels' }, fits, { classes })).toEqual([]);
    const single = { ...classes, regions: [[1, 7]] };
    const one = { prediction: [2, 1, 4], target: [2, 4] };
    expect(check({ target: 'labels' }, one, { classes: single })).toEqual([]);
  });
});

describe('several problems', () => {
  it('are reported at once', () => {
    const plan = planOf({
      target: 'labels',
      voxels: 'mask',
      terms: [{ kind: 'overlap', activation: 'softmax', classes: 'foreground' }],
    });
    const problems = problemsOf(() => checkInputs(plan, { prediction: [2, 1, 4], target: [2, 5] }));
    expect(problems.map(({ path, expected }) => [path, expected])).toEqual([
      ['target', 'shape [2,4] or [2,1,4] beside prediction [2,1,4]'],
      ['mask', "a mask with voxels 'mask'"],
      ['prediction', "at least 2 channels with target 'labels'"],
      ['prediction', 'at least 2 channels for softmax'],
      ['prediction', "at least 2 channels with classes 'foreground'"],
    ]);
  });

  it('are reported once, however many terms have them', () => {
    const terms = [1, 2].map(() => ({ kind: 'overlap', activation: 'softmax' }) as const);
    const shape = [2, 1, 4];
    const plan = planOf({ terms });
    const problems = problemsOf(() => checkInputs(plan, { prediction: shape, target: shape }));
    expect(problems.map(({ expected }) => expected)).toEqual(['at least 2 channels for softmax']);
  });

  it('of a shape that is none stand alone', () => {
    const plan = planOf({ voxels: 'mask', terms: ['overlap'] });
    for (const prediction of [[], [3], [2, 0], [2, Number.NaN], [2, 1.5]]) {
      const problems = problemsOf(() => checkInputs(plan, { prediction, target: [1] }));
      expect(
        problems.map(({ path }) => path),
        String(prediction),
      ).toEqual(['prediction']);
    }
  });
});
