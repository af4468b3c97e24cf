import { compileLevels, execute, levelsPlanOf, type NamedArray, scalar } from '@softdice/core';
import { float64 } from '../tolerance/precision.js';
import { cotangentArray, namedInputs, opsOf, programOf } from './bounds.js';
import { nearestLevels } from './nearest-levels.js';
import type { LevelsTarget, Result } from './target.js';

/** Core's own float64 interpreter: the lowering without any rounding that matters. */
export const interpreter: LevelsTarget = {
  name: 'core interpreter',
  precision: float64,
  evaluate: async (spec, batch, cotangent) => {
    const program = programOf({ spec, batch });
    const inputs = namedInputs({ plan: program.plan, batch });
    const given = cotangentArray(cotangent, program.whole.loss.axes);
    const { whole, statistics } = program;
    const scores = whole.terms[0]?.scores ?? whole.loss;
    const nodes = [whole.loss, whole.gradient, scores, ...statistics.map(({ node }) => node)];
    const [loss, gradient, grid, ...sums] = execute(opsOf(batch), nodes, (input) =>
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
  evaluateLevels: async (spec, inputs) => {
    const read = nearestLevels(levelsPlanOf(spec), inputs);
    const spatialRank = (inputs.predictions[0]?.shape.length ?? 2) - 2;
    const levels = compileLevels(spec, { spatialRank }).map(async ({ weight, program }, at) => {
      const batch = read[at];
      if (batch === undefined) throw new Error(`no level ${at}`);
      const cotangent = { shape: [], data: [weight] };
      const { loss, gradient } = await interpreter.evaluate(program.plan, batch, cotangent);
      return { part: weight * (loss.data[0] ?? Number.NaN), gradient };
    });
    const parts = await Promise.all(levels);
    return {
      loss: scalar(parts.reduce((sum, { part }) => sum + part, 0)),
      gradients: parts.map(({ gradient }) => gradient),
    };
  },
};
