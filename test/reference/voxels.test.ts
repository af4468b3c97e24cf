import { evaluate, type LossInputs, type LossSpec } from '@softdice/reference';
import { describe, expect, it } from 'vitest';
import { expectClose, overlap, type TermChoice, tensor } from './cases.js';

/** Statistics by symbol of the only term. */
function statistics(
  spec: Omit<LossSpec, 'terms'>,
  inputs: LossInputs,
  choice: TermChoice = {},
): Record<string, readonly number[]> {
  const result = evaluate({ ...spec, terms: [overlap({ name: 'it', ...choice })] }, inputs);
  return Object.fromEntries(
    Object.entries(result.statistics).map(([name, { data }]) => [name.slice(3), [...data]]),
  );
}

/** One sample, three channels, two voxels. */
const prediction = tensor([1, 3, 2], [0.5, 0.25, 0.25, 0.5, 0.25, 0.25]);

describe('target', () => {
  const oneHot = tensor([1, 3, 2], [0, 1, 0, 0, 1, 0]);
  const expected = { I: [0.25, 0, 0.25], P: [0.75, 0.75, 0.5], T: [1, 0, 1] };

  it.each([
    ['labels', tensor([1, 2], [2, 0])],
    ['labels', tensor([1, 1, 2], [2, 0])],
    ['one-hot', oneHot],
    ['multilabel', oneHot],
    ['soft', oneHot],
  ] as const)('%s', (target, values) => {
    expect(statistics({ target }, { prediction, target: values })).toEqual(expected);
  });

  it('reads typed arrays, and predictions without spatial axes', () => {
    const inputs = {
      prediction: { shape: [2, 2], data: Float32Array.of(0.5, 0.5, 0.25, 0.75) },
      target: { shape: [2], data: Uint8Array.of(1, 0) },
    };
    expect(statistics({ target: 'labels' }, inputs)['I']).toEqual([0, 0.5, 0.25, 0]);
  });

  it('leaves out the ignore label and the ignored binary value', () => {
    const target = { kind: 'labels', ignore: 255 } as const;
    expect(statistics({ target }, { prediction, target: tensor([1, 2], [255, 0]) })).toEqual({
      I: [0.25, 0, 0],
      P: [0.25, 0.5, 0.25],
      T: [1, 0, 0],
    });
    const binary = { kind: 'binary', ignore: -1 } as const;
    const inputs = {
      prediction: tensor([1, 1, 3], [0.5, 0.25, 1]),
      target: tensor([1, 3], [1, -1, 0]),
    };
    const zeroed = statistics({ target: binary }, inputs, { absent: 'skip' });
    expect(zeroed).toEqual({ I: [0.5], P: [1.5], T: [1], M: [1] });
  });

  it('rescales what is counted, not the mass', () => {
    const rescale = { scale: 0.5, offset: 0.25 };
    const inputs = { prediction, target: oneHot };
    expect(statistics({ target: 'one-hot', rescale }, inputs, { absent: 'zero' })).toEqual({
      I: [0.25 * 0.5 + 0.75 * 0.25, 0.25 * 0.75, 0.75 * 0.25 + 0.25 * 0.25],
      P: [0.75, 0.75, 0.5],
      T: [1, 0.5, 1],
      M: [1, 0, 1],
    });
  });
});

describe('voxels', () => {
  const target = tensor([1, 3, 2], [0.5, 0.5, 0.25, 0, 0, 0]);
  const P = (voxels: LossSpec['voxels'] & string, mask?: LossInputs['mask']): unknown =>
    statistics({ target: 'soft', voxels }, { prediction, target, mask })['P'];

  it('weighs every voxel by w', () => {
    expect(P('all')).toEqual([0.75, 0.75, 0.5]);
    expect(P('mask', tensor([1, 2], [0, -3]))).toEqual([0.25, 0.5, 0.25]);
    expect(P('weights', tensor([1, 1, 2], [4, 2]))).toEqual([2.5, 2, 1.5]);
    expect(P('channel-mask', tensor([1, 3, 2], [1, 0, 0, 2, 0, 0]))).toEqual([0.5, 0.5, 0]);
    expect(P('target-mass')).toEqual([0.375 + 0.125, 0.1875 + 0.25, 0.1875 + 0.125]);
  });

  it('counts masked inputs, with a target of no class or of class 0', () => {
    const mask = tensor([1, 2], [1, 0]);
    const planes = { target: 'soft', voxels: 'masked-inputs' } as const;
    const inputs = { prediction, target, mask };
    const counted = statistics(planes, inputs);
    expect([counted['P'], counted['T']]).toEqual([P('mask', mask), [0.5, 0.25, 0]]);
    // Sigmoids of masked logits are 1/2.
    const p = Array.from(prediction.data, (logit) => 1 / (1 + Math.exp(-logit)));
    expectClose(statistics(planes, inputs, { activation: 'sigmoid' })['P'] ?? [], [
      (p[0] ?? 0) + 0.5,
      (p[2] ?? 0) + 0.5,
      (p[4] ?? 0) + 0.5,
    ]);
    const labels = { target: 'labels', voxels: 'masked-inputs' } as const;
    const sparse = { prediction, target: tensor([1, 2], [2, 1]), mask };
    expect(statistics(labels, sparse)['T']).toEqual([1, 0, 1]);
    const { gradient } = evaluate(
      { ...labels, terms: [overlap({ activation: 'softmax' })] },
      sparse,
    );
    expect([1, 3, 5].map((at) => Math.abs(gradient.data[at] ?? 1))).toEqual([0, 0, 0]);
    expect(gradient.data[0]).not.toBe(0);
  });

  it('takes the mass of the target before it is rescaled', () => {
    const rescaled = { target: 'soft', voxels: 'target-mass', rescale: { scale: 0.5 } } as const;
    const counted = statistics(rescaled, { prediction, target }, { absent: 'skip' });
    expectClose(counted['T'] ?? [], [0.75 * 0.25 + 0.5 * 0.25, 0.75 * 0.125, 0]);
    expectClose(counted['M'] ?? [], [0.75 * 0.5 + 0.5 * 0.5, 0.75 * 0.25, 0]);
  });

  it('takes the mask of the channel that is scored', () => {
    const inputs = { prediction, target, mask: tensor([1, 3, 2], [1, 1, 1, 1, 0, 1]) };
    const spec = { target: 'soft', voxels: 'channel-mask' } as const;
    expect(statistics(spec, inputs, { classes: 'foreground' })['P']).toEqual([0.75, 0.25]);
  });

  it('gives masked voxels no gradient', () => {
    const inputs = { prediction, target, mask: tensor([1, 2], [0, 1]) };
    const { gradient } = evaluate(
      { target: 'soft', voxels: 'mask', terms: [overlap({ activation: 'softmax' })] },
      inputs,
    );
    expect(Array.from(gradient.data, (value) => value === 0)).toEqual(
      [0, 1, 2].flatMap(() => [true, false]),
    );
  });
});

describe('classes', () => {
  const target = tensor([1, 2], [2, 0]);
  const P = (classes: TermChoice['classes'] & {}): unknown =>
    statistics({ target: 'labels' }, { prediction, target }, { classes })['P'];

  it('scores the chosen channels, in their order', () => {
    expect(P('foreground')).toEqual([0.75, 0.5]);
    expect(P({ kind: 'list', channels: [2, 0] })).toEqual([0.5, 0.75]);
  });

  it('merges prediction and target of a region', () => {
    const classes = { kind: 'regions', regions: [[0, 2], [1]] } as const;
    expect(statistics({ target: 'labels' }, { prediction, target }, { classes })).toEqual({
      I: [0.75 + 0.5, 0],
      P: [1.25, 0.75],
      T: [2, 0],
    });
    const { gradient } = evaluate(
      { target: 'labels', terms: [overlap({ classes, reduction: 'sum' })] },
      { prediction, target },
    );
    const slope = -(2 * 3.25 - 2.5) / 3.25 ** 2;
    expectClose(gradient.data, [slope, slope, 0, 0, slope, slope]);
  });

  it('merges the target only, labels beyond the channels included', () => {
    const classes = { kind: 'regions', regions: [[1, 2, 4], [2], [4]], merge: 'target' } as const;
    const inputs = { prediction, target: tensor([1, 2], [4, 1]) };
    expect(statistics({ target: 'labels' }, inputs, { classes })).toEqual({
      I: [0.75, 0, 0.25],
      P: [0.75, 0.75, 0.5],
      T: [2, 0, 1],
    });
  });

  it('rescales a merged target once', () => {
    const classes = { kind: 'regions', regions: [[0, 2]] } as const;
    const rescale = { scale: 0.5, offset: 0.25 };
    expect(statistics({ target: 'labels', rescale }, { prediction, target }, { classes })).toEqual({
      I: [0.75 * 1.25],
      P: [1.25],
      T: [1.5],
    });
  });
});

describe('activation', () => {
  const logits = tensor([1, 3, 1], [0, Math.log(2), Math.log(5)]);
  const target = tensor([1, 1], [1]);
  const P = (activation: 'softmax' | 'sigmoid', data = logits): readonly number[] =>
    statistics({ target: 'labels' }, { prediction: data, target }, { activation })['P'] ?? [];

  it('is softmax over all channels, or sigmoid of each', () => {
    expectClose(P('softmax'), [1 / 8, 2 / 8, 5 / 8]);
    expectClose(P('sigmoid'), [1 / 2, 2 / 3, 5 / 6]);
  });

  it('is finite for extreme logits', () => {
    const extreme = tensor([1, 3, 1], [-1e4, 1e4, 0]);
    expectClose(P('softmax', extreme), [0, 1, 0]);
    expectClose(P('sigmoid', extreme), [0, 1, 0.5]);
  });

  it('keeps the gradient of a saturated sigmoid', () => {
    const { gradient } = evaluate(
      { target: 'binary', terms: [overlap({ activation: 'sigmoid' })] },
      { prediction: tensor([1, 1, 1], [50]), target: tensor([1, 1], [1]) },
    );
    // 1 - 2p / (1 + p) has slope -1/2 at p = 1, and dp/dx is e^-50 there.
    expect((gradient.data[0] ?? 0) / (-0.5 * Math.exp(-50))).toBeCloseTo(1, 12);
  });
});
