import { metricOf } from '@softdice/core';
import { evaluate, score } from '@softdice/reference';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import type { CheckCase } from './cases.js';
import type { CheckedModel } from './checked-model.js';
import { type Difference, differenceOf } from './judged.js';
import { plainOf, type Runtime, rounded, tensorOf } from './runtime.js';
import { channelsFirst, channelsLast, type Plain, plain } from './tensors.js';

/** How a check goes about it. */
export interface CheckRun {
  readonly seed: number;
  readonly randomCases: number;
  /** Size of axes that an attached model leaves open. */
  readonly size: number;
  readonly channels: number | undefined;
  /** Numbers that inputs of a network are filled with, by name. */
  readonly filled: Readonly<Record<string, number>>;
  readonly progress: (done: number, all: number) => void;
}

/** Inputs and how far each output was off. */
export interface CheckedCase {
  readonly name: string;
  readonly differences: readonly Difference[];
}

/** Runs one case and compares every output of the loss with the reference. */
export async function checkedCase(
  ort: Runtime,
  session: InferenceSession,
  model: CheckedModel,
  given: CheckCase,
  network: Readonly<Record<string, Tensor>>,
): Promise<CheckedCase> {
  const { plan, dtype, layout, labels, nameOf, outputs, attached } = model;
  const placed = (tensor: Plain): Plain =>
    layout === 'channelsLast' ? channelsLast(tensor) : tensor;
  const unplaced = (tensor: Plain): Plain =>
    layout === 'channelsLast' ? channelsFirst(tensor) : tensor;
  const dense = (tensor: Plain): Tensor => tensorOf(ort, placed(rounded(tensor, dtype)), dtype);
  const isLabels = plan.target.kind === 'labels';
  const exact = {
    target: isLabels ? given.target : rounded(given.target, dtype),
    ...(given.mask === undefined ? {} : { mask: rounded(given.mask, dtype) }),
  };
  const cells = evaluate(plan, { prediction: given.prediction, ...exact }).loss.shape;
  // Other factors than 1, so that a graph which ignores them is found out.
  const cotangent = model.cotangent ? plain(cells, (at) => 1 + (at % 3)) : undefined;
  const feeds = {
    ...network,
    ...(attached ? {} : { [model.prediction]: dense(given.prediction) }),
    [nameOf('target')]: isLabels ? tensorOf(ort, given.target, labels) : dense(given.target),
    ...(given.mask === undefined ? {} : { [nameOf('mask')]: dense(given.mask) }),
    ...(cotangent === undefined
      ? {}
      : {
          [nameOf('cotangent')]: tensorOf(ort, cotangent, dtype === 'float16' ? 'float32' : dtype),
        }),
  };
  const results = await session.run(feeds);
  const result = (name: string): Plain => {
    const tensor = results[name];
    return tensor === undefined ? plain([0], () => 0) : plainOf(tensor);
  };
  const prediction = attached
    ? unplaced(result(model.prediction))
    : rounded(given.prediction, dtype);
  const expected = evaluate(plan, {
    prediction,
    ...exact,
    ...(cotangent === undefined ? {} : { cotangent }),
  });
  const differences = outputs.flatMap((output): readonly Difference[] => {
    if (output === 'statistics') {
      return Object.entries(expected.statistics).map(([name, sums]) =>
        differenceOf(name, result(nameOf(name)), sums, 1),
      );
    }
    const received = result(nameOf(output));
    if (output === 'metrics') {
      const hard = score(metricOf(plan), { prediction, ...exact });
      return [differenceOf(output, received, hard, 1)];
    }
    if (output !== 'gradient') return [differenceOf(output, received, expected[output], 1)];
    // A derivative is about as small as there are voxels.
    const least = 1 / prediction.data.length;
    return [differenceOf(output, unplaced(received), expected.gradient, least)];
  });
  return { name: given.name, differences };
}
