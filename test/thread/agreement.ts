import { compile, execute, filled, type LossSpec, type NamedArray, opTable } from '@softdice/core';
import { evaluate } from '@softdice/reference';
import { expect } from 'vitest';
import { namedInputs } from '../conformance/bounds.js';

/** What a formula gives by hand. */
export interface ByHand {
  readonly loss: readonly number[];
  readonly scores: readonly number[];
  readonly gradient: readonly number[];
}

interface Inputs {
  readonly prediction: { readonly shape: readonly number[]; readonly data: readonly number[] };
  readonly target: { readonly shape: readonly number[]; readonly data: readonly number[] };
}

/** Holds the reference and the compiled program to what was computed by hand, at 1e-12. */
export function expectByHand(spec: LossSpec, inputs: Inputs, byHand: ByHand): void {
  const judged = { reference: referenceOf(spec, inputs), compiled: compiledOf(spec, inputs) };
  for (const [name, received] of Object.entries(judged)) {
    for (const what of ['loss', 'scores', 'gradient'] as const) {
      expectClose(received[what], byHand[what], `${what} of ${name}`);
    }
  }
}

/** Equal up to 1e-12, relative where numbers exceed 1. */
export function expectClose(
  received: readonly number[],
  expected: readonly number[],
  what: string,
): void {
  expect(received.length, what).toBe(expected.length);
  expected.forEach((value, at) => {
    const error = Math.abs((received[at] ?? Number.NaN) - value) / Math.max(1, Math.abs(value));
    expect(error, `${what} at ${at}: ${received[at]} for ${value}`).toBeLessThan(1e-12);
  });
}

export function referenceOf(spec: LossSpec, inputs: Inputs): ByHand {
  const { loss, scores, gradient } = evaluate(spec, inputs);
  return { loss: [...loss.data], scores: [...scores.data], gradient: [...gradient.data] };
}

export function compiledOf(spec: LossSpec, inputs: Inputs): ByHand {
  const { plan, whole } = compile(spec);
  const named = namedInputs({ plan, batch: inputs });
  const [loss] = execute(opTable, [whole.loss], (input) => named[input]);
  // The gradient of the sum of the loss, which may be a grid.
  const ones = loss && filled(loss.axes, loss.shape, () => 1);
  const [scores, gradient] = execute(
    opTable,
    [whole.terms[0]?.scores ?? whole.loss, whole.gradient],
    (input) => (input === 'cotangent' ? ones : named[input]),
  );
  const data = (array: NamedArray | undefined): readonly number[] => [...(array?.data ?? [])];
  return { loss: data(loss), scores: data(scores), gradient: data(gradient) };
}
