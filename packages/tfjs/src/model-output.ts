import { InputError, inputProblems, maskChannels, type Plan, targetIsSparse } from '@softdice/core';
import { channelsFirst, type Layout } from './layout.js';

/**
 * Checks a plan against an output of a model before there is any tensor.
 *
 * @param output - Its shape; what is not known yet is null.
 * @param name - Of the output, where there are several.
 * @throws InputError - where its channels do not fit the plan, or the plan needs a mask.
 */
export function checkOutput(
  plan: Plan,
  layout: Layout,
  output: readonly (number | null)[],
  name?: string,
): void {
  const path = (what: string): string => (name === undefined ? what : `${name}.${what}`);
  if (maskChannels(plan) !== 'none') {
    const expected = 'a loss without a mask, which tfjs gives to no loss of a model';
    const fix =
      "leave voxels out by 'target-mass' or an ignored label, or train by valueAndGradient";
    throw new InputError([
      { path: path('voxels'), expected, received: `'${plan.voxels.kind}'`, fix },
    ]);
  }
  const channel = layout === 'channelsLast' ? output.length - 1 : 1;
  // How many channels there are is not known before the model has met its input.
  if (output.length < 2 || (output[channel] ?? null) === null) return;
  const prediction = channelsFirst(
    layout,
    output.map((size) => size ?? 1),
  );
  const [samples = 1, , ...spatial] = prediction;
  const target = targetIsSparse(plan) ? [samples, ...spatial] : prediction;
  const problems = inputProblems(plan, { prediction, target });
  if (problems.length === 0) return;
  throw new InputError(problems.map((problem) => ({ ...problem, path: path(problem.path) })));
}
