import { inputProblems, planOf } from '@softdice/core';
import { evaluate } from '@softdice/reference';
import { expect, it } from 'vitest';
import { checkCases } from '../../../packages/onnx/src/cli/check/cases.js';
import { specs } from '../specs.js';

it.each(Object.entries(specs))('inputs of a check are in the domain: %s', (_, [channels, spec]) => {
  const plan = planOf(spec);
  const cases = checkCases({ plan, channels, spatialRank: 2, seed: 1, randomCases: 3 });
  expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
  const [least, most] = plan.terms.some(({ activation }) => activation === 'none')
    ? [0, 1]
    : [-1e4, 1e4];
  for (const { name, prediction, target, mask } of cases) {
    const shapes = {
      prediction: prediction.shape,
      target: target.shape,
      mask: mask?.shape,
    };
    expect([name, inputProblems(plan, shapes)]).toEqual([name, []]);
    expect([name, prediction.data.every((p) => p >= least && p <= most)]).toEqual([name, true]);
    // The reference refuses values of target and mask that the spec does not know.
    const { loss } = evaluate(plan, { prediction, target, ...(mask && { mask }) });
    expect([name, loss.data.every(Number.isFinite)]).toEqual([name, true]);
  }
  // Random inputs have more than one value each.
  const random = cases.filter(({ name }) => name.startsWith('random'));
  for (const { target } of random) expect(new Set(target.data).size).toBeGreaterThan(1);
});
