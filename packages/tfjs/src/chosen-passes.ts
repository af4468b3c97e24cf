import { type LossSpec, planOf } from '@softdice/core';
import { refuseKernels } from './fused/fused-passes.js';
import { kernelPasses } from './fused/kernel-passes.js';
import { opPasses } from './op-passes.js';
import type { CompleteOptions } from './options.js';
import { type FirstPass, type PassesOfPlan, passesOf } from './passes.js';

/**
 * The passes of a loss, by fused kernels where the backend of the moment and the loss allow them.
 *
 * @throws SpecError - listing every violation at once.
 */
export function chosenPasses(spec: LossSpec, options: CompleteOptions): PassesOfPlan {
  const { layout, kernels } = options;
  return passesOf(planOf(spec), layout, (program) => {
    const byOps = opPasses(program, layout);
    if (kernels === 'ops') return byOps;
    const fused = kernelPasses(program, options);
    const chosen = (): FirstPass => {
      const problem = fused.problem();
      if (problem === undefined) return fused.forward;
      if (kernels === 'fused') refuseKernels(problem);
      return byOps;
    };
    return (inputs, next) => chosen()(inputs, next);
  });
}
