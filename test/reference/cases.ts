import { type Evaluation, evaluate, type LossSpec, type Tensor } from '@softdice/reference';
import { expect } from 'vitest';

type Term = Exclude<LossSpec['terms'][number], string>;

/** A term as a test writes it: what it does not name is plain, smoothing included. */
export type TermChoice = Omit<Partial<Extract<Term, { kind: 'overlap' }>>, 'kind'>;

/** No smoothing but the least floor that a spec may have. */
export const plain = { numerator: 0, denominator: 0, floor: 1e-16 };

export function overlap(choice: TermChoice = {}): Term {
  return { kind: 'overlap', smoothing: plain, ...choice };
}

export function tensor(shape: readonly number[], data: readonly number[]): Tensor {
  return { shape, data };
}

/** One channel of four voxels: I = 1.5, P = 1.75, T = 2, false positives 0.25, negatives 0.5. */
export const four = {
  prediction: tensor([1, 1, 4], [0.5, 0.25, 1, 0]),
  target: tensor([1, 4], [1, 0, 1, 0]),
};

/** The term on {@link four}. */
export function onFour(choice: TermChoice): Evaluation {
  return evaluate({ target: 'binary', terms: [overlap(choice)] }, four);
}

/** Two samples, two channels, one voxel each, soft target: each cell is its own I = p t, P = p, T = t. */
export const cells = {
  prediction: tensor([2, 2, 1], [0.5, 0.25, 1, 0.75]),
  target: tensor([2, 2, 1], [1, 0, 1, 1]),
};

/** Losses 1 - s of {@link cells} with Dice: 1 - 1/1.5, 1, 0, 1 - 1.5/1.75. */
export const cellLosses: readonly [number, number, number, number] = [1 / 3, 1, 0, 1 / 7];

/** The term on {@link cells}. */
export function onCells(choice: TermChoice): Evaluation {
  return evaluate({ target: 'soft', terms: [overlap(choice)] }, cells);
}

export function expectClose(received: ArrayLike<number>, expected: readonly number[]): void {
  expect(received.length).toBe(expected.length);
  expected.forEach((value, at) => {
    expect(received[at]).toBeCloseTo(value, 13);
  });
}
