import { type LossSpec, type WassersteinOptions, wassersteinDice } from '@softdice/core';
import { evaluate, type Tensor } from '@softdice/reference';
import { describe, expect, it } from 'vitest';

/** p of three classes: 0.2, 0.5, 0.3 at the first voxel, 0.1, 0.4, 0.5 at the second. */
const prediction: Tensor = { shape: [1, 3, 2], data: [0.2, 0.1, 0.5, 0.4, 0.3, 0.5] };
const distances = [
  [0, 1, 1],
  [1, 0, 0.5],
  [1, 0.5, 0],
];
const none = { numerator: 0, denominator: 1e-16 };

const loss = (
  options: Partial<WassersteinOptions>,
  target: readonly number[],
  more: { readonly prediction?: Tensor; readonly mask?: Tensor } = {},
): number => {
  const spec: LossSpec = wassersteinDice({
    target: 'labels',
    activation: 'none',
    distances,
    smoothing: none,
    ...options,
  });
  const soft = options.target === 'soft';
  const [samples = 1, , voxels = 1] = (more.prediction ?? prediction).shape;
  const shape = soft ? (more.prediction ?? prediction).shape : [samples, voxels];
  const inputs = { prediction, ...more, target: { shape, data: target } };
  return evaluate(spec, inputs).loss.data[0] ?? Number.NaN;
};

/** Labels 1 and 2 are wrong by W = 0.2 + 0.15 and 0.1 + 0.2. */
describe('a Wasserstein Dice by hand', () => {
  it('counts the foreground and divides by it and every error', () => {
    expect(loss({}, [1, 2])).toBeCloseTo(1 - 2.7 / 3.35, 14);
  });

  it('does not count voxels of class 0, but their errors', () => {
    // W of class 0 at the second voxel is 0.9.
    expect(loss({}, [1, 0])).toBeCloseTo(1 - 1.3 / (1.3 + 0.35 + 0.9), 14);
  });

  it('by volume weighs every class by 1 / (V + 1)', () => {
    expect(loss({ weighting: 'volume' }, [1, 2])).toBeCloseTo(1 - 1.35 / 1.675, 14);
    const ones = 0.5 * (1 - 0.35) + 0.5 * (1 - 0.9);
    const size = 0.5 * (2 - 0.35) + 0.5 * (2 - 0.9);
    expect(loss({ weighting: 'volume' }, [1, 0])).toBeCloseTo(1 - (2 * ones) / size, 14);
  });

  it('adds smoothing to both sides, below a floor', () => {
    expect(loss({ smoothing: { numerator: 0.1, denominator: 0.2 } }, [1, 2])).toBeCloseTo(
      1 - 2.8 / 3.55,
      14,
    );
    expect(loss({ smoothing: { numerator: 0.1, floor: 10 } }, [1, 2])).toBeCloseTo(0.72, 14);
  });

  it('mixes the errors of a soft target', () => {
    // t of classes 1 and 2 is 1/2 at the first voxel: V = 1/2 and D = 0.35 / 2, 0.45 / 2.
    expect(loss({ target: 'soft' }, [0, 0, 0.5, 0, 0.5, 0])).toBeCloseTo(1 - 1.2 / 1.6, 14);
  });

  it('leaves out masked voxels', () => {
    const mask: Tensor = { shape: [1, 2], data: [1, 0] };
    expect(loss({ voxels: 'mask' }, [1, 2], { mask })).toBeCloseTo(1 - 1.3 / 1.65, 14);
  });

  it('per image is a mean of scores, of everything one score', () => {
    // The voxels as two samples.
    const samples: Tensor = { shape: [2, 3, 1], data: [0.2, 0.5, 0.3, 0.1, 0.4, 0.5] };
    const each = (1 - 1.3 / 1.65 + (1 - 1.4 / 1.7)) / 2;
    expect(loss({}, [1, 2], { prediction: samples })).toBeCloseTo(each, 14);
    expect(loss({ reduction: 'sum' }, [1, 2], { prediction: samples })).toBeCloseTo(2 * each, 14);
    expect(loss({ per: 'everything' }, [1, 2], { prediction: samples })).toBeCloseTo(
      1 - 2.7 / 3.35,
      14,
    );
  });
});

it('the preset divides distances by the largest of them', () => {
  const doubled = distances.map((row) => row.map((distance) => 2 * distance));
  expect(wassersteinDice({ distances: doubled })).toEqual(wassersteinDice({ distances }));
});
