import { type SensitivitySpecificityOptions, sensitivitySpecificity } from '@softdice/core';
import { evaluate, type Tensor } from '@softdice/reference';
import { describe, expect, it } from 'vitest';

/** p of two classes at three voxels. */
const prediction: Tensor = { shape: [1, 2, 3], data: [0.9, 0.5, 0.2, 0.1, 0.5, 0.8] };
const labels: Tensor = { shape: [1, 3], data: [0, 1, 1] };
/** Errors squared are 0.01, 0.25 and 0.04 in both classes; class 0 has the first voxel. */
const [first, second] = [0.1 * (0.01 / 2) + 0.9 * (0.29 / 3), 0.1 * (0.29 / 3) + 0.9 * (0.01 / 2)];

const evaluated = (
  options: Partial<SensitivitySpecificityOptions>,
  inputs: { readonly prediction?: Tensor; readonly target?: Tensor; readonly mask?: Tensor } = {},
): ReturnType<typeof evaluate> =>
  evaluate(sensitivitySpecificity({ target: 'labels', ...options }), {
    prediction,
    target: labels,
    ...inputs,
  });

const loss = (...args: Parameters<typeof evaluated>): number =>
  evaluated(...args).loss.data[0] ?? Number.NaN;

describe('sensitivity-specificity by hand', () => {
  it('is r of the errors inside and 1 - r of those outside, by class', () => {
    const { loss: grid, scores } = evaluated({ reduction: 'none' });
    expect(grid.data[0]).toBeCloseTo(first, 14);
    expect(grid.data[1]).toBeCloseTo(second, 14);
    expect(scores.data[1]).toBeCloseTo(1 - second, 14);
    expect(loss({})).toBeCloseTo((first + second) / 2, 14);
    expect(loss({ reduction: 'sum', classes: 'foreground' })).toBeCloseTo(second, 14);
  });

  it('takes its ratio and smoothing', () => {
    const options = { classes: 'foreground', sensitivityRatio: 0.25, smoothing: 0.5 } as const;
    expect(loss(options)).toBeCloseTo(0.25 * (0.29 / 2.5) + 0.75 * (0.01 / 1.5), 14);
  });

  it('of all classes together divides sums by sums', () => {
    // Both classes have 3 voxels inside and 3 outside, with errors of 0.3.
    expect(loss({ per: 'merged-image' })).toBeCloseTo(0.3 / 4, 14);
  });

  it('leaves masked voxels out of the negatives too', () => {
    const mask: Tensor = { shape: [1, 3], data: [0, 1, 1] };
    const options = { voxels: 'mask', classes: 'foreground' } as const;
    expect(loss(options, { mask })).toBeCloseTo(0.1 * (0.29 / 3), 14);
    const none = { classes: { kind: 'list', channels: [0] }, voxels: 'mask' } as const;
    expect(loss(none, { mask })).toBeCloseTo(0.9 * (0.29 / 3), 14);
  });

  it('shares a soft voxel between both sums', () => {
    // t is 0.25, 0.5, 1 and the errors -0.15, 0, -0.2.
    const target: Tensor = { shape: [1, 1, 3], data: [0.25, 0.5, 1] };
    const inputs = { target, prediction: { shape: [1, 1, 3], data: [0.1, 0.5, 0.8] } };
    const inside = (0.0225 * 0.25 + 0.04) / 2.75;
    const outside = (0.0225 * 0.75) / 2.25;
    expect(loss({ target: 'soft' }, inputs)).toBeCloseTo(0.1 * inside + 0.9 * outside, 14);
  });

  it('per batch adds the sums of the samples up', () => {
    const samples = {
      prediction: { shape: [3, 2, 1], data: [0.9, 0.1, 0.5, 0.5, 0.2, 0.8] },
      target: { shape: [3, 1], data: [0, 1, 1] },
    };
    expect(loss({ per: 'batch' }, samples)).toBeCloseTo((first + second) / 2, 14);
    const each = [0.9 * 0.005, 0.1 * 0.125, 0.1 * 0.02].reduce((sum, x) => sum + x, 0) / 3;
    expect(loss({ classes: 'foreground' }, samples)).toBeCloseTo(each, 14);
  });

  it('has the gradient of its sums', () => {
    // Of class 1: 2 * 0.9 * 0.1 / 2 outside, -2 * 0.1 (1 - p) / 3 inside.
    const { gradient } = evaluated({ classes: 'foreground' });
    const expected = [0, 0, 0, 0.09, -0.1 / 3, -0.04 / 3];
    expected.forEach((slope, at) => {
      expect(gradient.data[at]).toBeCloseTo(slope, 14);
    });
  });
});
