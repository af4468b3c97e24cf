import {
  evaluate,
  InputError,
  type LossInputs,
  type LossSpec,
  SpecError,
} from '@softdice/reference';
import { describe, expect, it } from 'vitest';
import { overlap, tensor } from './cases.js';

const labels: LossSpec = { target: 'labels', terms: [overlap()] };
const good: LossInputs = {
  prediction: tensor([1, 2, 2], [1, 0, 0, 1]),
  target: tensor([1, 2], [0, 1]),
};

function problems(spec: LossSpec, inputs: LossInputs): readonly string[] {
  try {
    evaluate(spec, inputs);
  } catch (error) {
    if (error instanceof InputError) return error.problems.map(({ path }) => path);
    throw error;
  }
  return [];
}

describe('inputs', () => {
  it('fit', () => {
    expect(problems(labels, good)).toEqual([]);
  });

  it('are refused with all their problems at once', () => {
    const bad = {
      prediction: tensor([1, 2, 2], [1, 0, NaN, 1]),
      target: tensor([1, 2], [0, 2]),
      cotangent: tensor([1], [1]),
    };
    expect(problems(labels, bad)).toEqual(['prediction', 'target', 'cotangent']);
    expect(() => evaluate(labels, bad)).toThrowError(
      '[softdice] Invalid target: expected integer labels in [0, 2) but received 2 at [0, 1]',
    );
  });

  it.each<[string, Partial<LossInputs>]>([
    ['prediction', { prediction: tensor([1, 2, 2], [1, 0, 0]) }],
    ['prediction', { prediction: tensor([1, 2, 2], [1, 0, 0, Number.POSITIVE_INFINITY]) }],
    ['target', { target: tensor([1, 2], [0, 0.5]) }],
    ['target', { target: tensor([1, 2], [0, -1]) }],
    ['target', { target: tensor([1, 3], [0, 1, 1]) }],
    ['mask', { mask: tensor([1, 2], [1, 1]) }],
    ['cotangent', { cotangent: tensor([], [NaN]) }],
  ])('with a bad %s are refused', (path, change) => {
    expect(problems(labels, { ...good, ...change })).toEqual([path]);
  });

  it('may hold the ignore label, and labels of merged regions', () => {
    const ignoring: LossSpec = { ...labels, target: { kind: 'labels', ignore: -1 } };
    expect(problems(ignoring, { ...good, target: tensor([1, 2], [0, -1]) })).toEqual([]);
    const classes = { kind: 'regions', regions: [[7], [1, 7]], merge: 'target' } as const;
    const regions: LossSpec = { target: 'labels', terms: [overlap({ classes })] };
    expect(problems(regions, { ...good, target: tensor([1, 2], [9, 7]) })).toEqual([]);
    expect(problems(regions, { ...good, target: tensor([1, 2], [9, 0.5]) })).toEqual(['target']);
  });

  it('have weights of at least 0, masks of any sign', () => {
    const mask = tensor([1, 2], [1, -1]);
    expect(problems({ ...labels, voxels: 'weights' }, { ...good, mask })).toEqual(['mask']);
    expect(problems({ ...labels, voxels: 'mask' }, { ...good, mask })).toEqual([]);
  });

  it('may have a cotangent of the shape of the loss', () => {
    const cells: LossSpec = { target: 'labels', terms: [overlap({ reduction: 'class-mean' })] };
    expect(problems(cells, { ...good, cotangent: tensor([1], [2]) })).toEqual([]);
    expect(problems(cells, { ...good, cotangent: tensor([], [2]) })).toEqual(['cotangent']);
  });

  it('are not read where the spec is none', () => {
    const spec: LossSpec = { target: 'labels', terms: [overlap({ power: { cell: -1 } })] };
    expect(() => evaluate(spec, { ...good, target: tensor([0], []) })).toThrowError(SpecError);
  });

  it('are left as they were', () => {
    const prediction = tensor([1, 2, 2], Object.freeze([1, 0, 0, 1]));
    evaluate(labels, { ...good, prediction });
    const typed = Float64Array.of(1, 0, 0, 1);
    const { gradient } = evaluate(labels, {
      ...good,
      prediction: { shape: [1, 2, 2], data: typed },
    });
    expect([...typed]).toEqual([1, 0, 0, 1]);
    expect(gradient.data).not.toBe(typed);
  });

  it.each(['binary', 'one-hot', 'multilabel'] as const)(
    'that are %s must be 0 or 1, as a mask of 0 and 255 is not',
    (target) => {
      const mask = {
        prediction: tensor([1, 1, 2], [0.5, 0.5]),
        target: tensor([1, 1, 2], [0, 255]),
      };
      expect(problems({ target, terms: [overlap()] }, mask)).toEqual(['target']);
      const hard = { ...mask, target: tensor([1, 1, 2], [0, 1]) };
      expect(problems({ target, terms: [overlap()] }, hard)).toEqual([]);
    },
  );

  it('may have the ignored value of a binary target', () => {
    const target = { kind: 'binary', ignore: 255 } as const;
    const mask = { prediction: tensor([1, 1, 2], [0.5, 0.5]), target: tensor([1, 1, 2], [0, 255]) };
    expect(problems({ target, terms: [overlap()] }, mask)).toEqual([]);
  });
});
