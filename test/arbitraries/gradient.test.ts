import { execute, scalar } from '@softdice/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { namedInputs, opsOf, programOf } from '../conformance/bounds.js';
import { cases } from './batch.js';

it('most moderate draws have a gradient to compare', () => {
  const drawn = fc.sample(cases({ values: ['moderate'] }), { numRuns: 500, seed: 3 });
  const moving = drawn.filter((one) => {
    const inputs = namedInputs(one);
    const [gradient] = execute(opsOf(one.batch), [programOf(one).whole.gradient], (input) =>
      input === 'cotangent' ? scalar(1) : inputs[input],
    );
    return gradient?.data.some((value) => Math.abs(value) > 1e-9);
  });
  expect(moving.length / drawn.length).toBeGreaterThan(0.65);
});
