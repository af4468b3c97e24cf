import { compile, crossEntropy, focal, type LossSpec, topK } from '@softdice/core';
import { evaluate, type Tensor } from '@softdice/reference';
import { describe, expect, it } from 'vitest';

/** One sample, two channels, two voxels: p = 0.8, 0.2 at the first and 0.4, 0.6 at the second. */
const prediction: Tensor = {
  shape: [1, 2, 2],
  data: [Math.log(4), Math.log(2), 0, Math.log(3)],
};
/** Label 0 at the first voxel, label 1 at the second. */
const target: Tensor = { shape: [1, 2], data: [0, 1] };
const given = (...values: readonly number[]) => ({ kind: 'given', values }) as const;

const log = (x: number): number => -Math.log(x);

/** Losses of the labels, by hand. */
const byHand: readonly (readonly [string, LossSpec, number])[] = [
  ['the mean over the voxels', crossEntropy({ target: 'labels' }), (log(0.8) + log(0.6)) / 2],
  [
    'weights that divide',
    crossEntropy({ target: 'labels', weights: given(1, 3), average: 'class-weighted' }),
    (log(0.8) + 3 * log(0.6)) / 4,
  ],
  [
    'weights that do not',
    crossEntropy({ target: 'labels', weights: given(1, 3) }),
    (log(0.8) + 3 * log(0.6)) / 2,
  ],
  [
    'a smoothed target',
    crossEntropy({ target: 'labels', labelSmoothing: 0.5 }),
    (0.75 * log(0.8) + 0.25 * log(0.2) + 0.75 * log(0.6) + 0.25 * log(0.4)) / 2,
  ],
  ['the foreground alone', crossEntropy({ target: 'labels', classes: 'foreground' }), log(0.6) / 2],
  [
    'regions of sigmoids: any label, and label 1',
    crossEntropy({
      target: 'labels',
      activation: 'sigmoid',
      classes: { kind: 'regions', regions: [[0, 1], [1]] },
    }),
    (log(4 / 5) + log(2 / 3) + log(1 / 2) + log(3 / 4)) / 4,
  ],
  [
    'an ignored voxel, the mean over the other',
    crossEntropy({ target: { kind: 'labels', ignore: 1 } }),
    log(0.8),
  ],
  [
    'an ignored voxel, the mean over both',
    crossEntropy({ target: { kind: 'labels', ignore: 1 }, average: 'voxels' }),
    log(0.8) / 2,
  ],
  [
    'focal, the mean over classes and voxels',
    focal({ target: 'labels', activation: 'softmax' }),
    (0.04 * log(0.8) + 0.16 * log(0.6)) / 4,
  ],
  [
    'reduced focal: 1 below the threshold',
    crossEntropy({ target: 'labels', focus: 2, modulation: { kind: 'reduced', threshold: 0.7 } }),
    ((0.2 / 0.7) ** 2 * log(0.8) + log(0.6)) / 2,
  ],
  [
    'weights by frequency: a half of the voxels each',
    crossEntropy({
      target: 'labels',
      weights: { kind: 'frequency', power: 2, epsilon: 0.25 },
      average: 'nothing',
    }),
    (log(0.8) + log(0.6)) / 0.75 ** 2,
  ],
  [
    'weights by frequency among the voxels that count',
    crossEntropy({
      target: { kind: 'labels', ignore: 1 },
      weights: { kind: 'frequency', power: 1, epsilon: 1 },
    }),
    log(0.8) / 2,
  ],
  [
    'normalised focal: over the sum of the focal factors',
    crossEntropy({ target: 'labels', focus: 2, average: 'focal-factors', reduction: 'mean' }),
    (0.04 * log(0.8) + 0.16 * log(0.6)) / 0.2,
  ],
  [
    'a power of an affine logarithm',
    crossEntropy({ target: 'labels', exponent: 0.3, logarithm: 'affine' }),
    (log(0.797) ** 0.3 + log(0.599) ** 0.3) / 2,
  ],
  [
    'a clipped p, also in the focal factor',
    crossEntropy({ target: 'labels', focus: 0.5, logarithm: 'clipped', floor: 0.3 }),
    (0.3 ** 0.5 * log(0.7) + 0.4 ** 0.5 * log(0.6)) / 2,
  ],
];

describe('a cross-entropy by hand', () => {
  it.each(byHand)('%s', (_, spec, expected) => {
    expect(evaluate(spec, { prediction, target }).loss.data[0]).toBeCloseTo(expected, 14);
  });

  it('of sigmoids is that of both outcomes', () => {
    const x: Tensor = { shape: [1, 1, 2], data: [Math.log(4), Math.log(1.5)] };
    const t: Tensor = { shape: [1, 2], data: [1, 0] };
    const inputs = { prediction: x, target: t };
    const spec = crossEntropy({ target: 'binary', activation: 'sigmoid' });
    expect(evaluate(spec, inputs).loss.data[0]).toBeCloseTo((log(0.8) + log(0.4)) / 2, 14);
    expect([...evaluate(spec, inputs).gradient.data]).toEqual([
      expect.closeTo((0.8 - 1) / 2, 14),
      expect.closeTo(0.6 / 2, 14),
    ]);
    const heavy = crossEntropy({ target: 'binary', activation: 'sigmoid', positive: 3 });
    expect(evaluate(heavy, inputs).loss.data[0]).toBeCloseTo((3 * log(0.8) + log(0.4)) / 2, 14);
    const light = crossEntropy({ target: 'binary', activation: 'sigmoid', negative: 0.5 });
    expect(evaluate(light, inputs).loss.data[0]).toBeCloseTo((log(0.8) + 0.5 * log(0.4)) / 2, 14);
  });

  it('of saturated logits is finite, and so is its gradient', () => {
    const x: Tensor = { shape: [1, 2, 2], data: [1e4, -1e4, -1e4, 1e4] };
    const t: Tensor = { shape: [1, 2], data: [1, 1] };
    const { loss, gradient } = evaluate(crossEntropy({ target: 'labels' }), {
      prediction: x,
      target: t,
    });
    expect(loss.data[0]).toBe(1e4);
    expect([...gradient.data]).toEqual([0.5, 0, -0.5, 0]);
  });

  it('of nothing is 0', () => {
    const spec = crossEntropy({ target: { kind: 'labels', ignore: 255 } });
    const t: Tensor = { shape: [1, 2], data: [255, 255] };
    const { loss, gradient, scores } = evaluate(spec, { prediction, target: t });
    expect([...loss.data, ...scores.data]).toEqual([0, 0, 0]);
    expect(gradient.data.every((slope) => slope === 0)).toBe(true);
  });
});

describe('the hardest voxels', () => {
  // Cross-entropies -log 0.8, -log 0.6, -log 0.2 and -log 0.5.
  const four: Tensor = {
    shape: [2, 2, 2],
    data: [Math.log(4), Math.log(1.5), 0, 0, 0, 0, Math.log(4), 0],
  };
  const labels: Tensor = { shape: [2, 2], data: [0, 0, 0, 1] };
  const loss = (spec: LossSpec, t: Tensor = labels): number =>
    evaluate(spec, { prediction: four, target: t }).loss.data[0] ?? Number.NaN;

  it('are those of all samples, averaged', () => {
    expect(loss(topK({ target: 'labels', percent: 25 }))).toBeCloseTo(log(0.2), 14);
    expect(loss(topK({ target: 'labels', percent: 50 }))).toBeCloseTo(
      (log(0.2) + log(0.5)) / 2,
      14,
    );
    expect(loss(topK({ target: 'labels', percent: 74.9999 }))).toBeCloseTo(
      (log(0.2) + log(0.5)) / 2,
      14,
    );
    expect(loss(topK({ target: 'labels', percent: 1 }))).toBeCloseTo(log(0.2), 14);
    expect(loss(topK({ target: 'labels', percent: 100 }))).toBe(
      loss(crossEntropy({ target: 'labels', average: 'voxels' })),
    );
  });

  it('are ranked by what they weigh', () => {
    // 3 (-log 0.5) is more than -log 0.2.
    const spec = topK({ target: 'labels', percent: 25, weights: given(1, 3) });
    expect(loss(spec)).toBeCloseTo(3 * log(0.5), 14);
  });

  it('can be ignored ones, which count with a loss of 0', () => {
    const spec = topK({ target: { kind: 'labels', ignore: 1 }, percent: 50 });
    const one: Tensor = { shape: [2, 2], data: [1, 0, 1, 1] };
    expect(loss(spec, one)).toBeCloseTo(log(0.6) / 2, 14);
  });

  it('share the last places if they are equal, and alone have a gradient', () => {
    const flat: Tensor = { shape: [1, 2, 4], data: [0, 0, 0, Math.log(4), 0, 0, 0, 0] };
    const t: Tensor = { shape: [1, 4], data: [0, 1, 0, 1] };
    const { gradient, statistics } = evaluate(topK({ target: 'labels', percent: 50 }), {
      prediction: flat,
      target: t,
    });
    // One place for the wrong voxel, one for the three that are equal; p - t by their shares, over 2.
    const [part, wrong] = [1 / 3 / 2, 1 / 2];
    const first = [-0.5 * part, 0.5 * part, -0.5 * part, 0.8 * wrong];
    const both = [...first, ...first.map((slope) => -slope)];
    expect([...gradient.data]).toEqual(both.map((slope) => expect.closeTo(slope, 14)));
    expect([...(statistics['cross-entropy.N']?.data ?? [])]).toEqual([2, 2]);
  });
});

it('a target that is even everywhere has focal factors for every cell', () => {
  const spec = crossEntropy({ target: 'labels', labelSmoothing: 1, average: 'focal-factors' });
  const { statistics } = compile(spec);
  expect(statistics.map(({ node }) => node.axes)).toEqual(
    statistics.map(() => ['sample', 'class']),
  );
});
