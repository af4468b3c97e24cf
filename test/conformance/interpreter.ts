import { compile, execute, type NamedArray, opTable, scalar } from '@softdice/core';
import { float64 } from '../tolerance/precision.js';
import { cotangentArray, namedInputs } from './bounds.js';
import type { Result, Target } from './target.js';

/** Core's own float64 interpreter: the lowering without any rounding that matters. */
export const interpreter: Target = {
  name: 'core interpreter',
  precision: float64,
  evaluate: async (spec, batch, cotangent) => {
    const program = compile(spec);
    const inputs = namedInputs({ plan: program.plan, batch });
    const given = cotangentArray(cotangent, program.whole.loss.axes);
    const { whole, statistics } = program;
    const scores = whole.terms[0]?.scores ?? whole.loss;
    const nodes = [whole.loss, whole.gradient, scores, ...statistics.map(({ node }) => node)];
    const [loss, gradient, grid, ...sums] = execute(opTable, nodes, (input) =>
      input === 'cotangent' ? given : inputs[input],
    );
    const result = (array: NamedArray | undefined): Result => array ?? scalar(Number.NaN);
    return {
      loss: result(loss),
      gradient: { shape: batch.prediction.shape, data: result(gradient).data },
      scores: result(grid),
      statistics: Object.fromEntries(statistics.map(({ name }, at) => [name, result(sums[at])])),
    };
  },
};
