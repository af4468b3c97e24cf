import { type LossSpec, planOf } from '@softdice/core';
import { kernelPasses } from './fused/kernel-passes.js';
import { type Kernelled, refuseKernels } from './fused/kernelled.js';
import { opPasses } from './op-passes.js';
import type { CompleteOptions, Kernels } from './options.js';
import { type PassesOfPlan, passesOf } from './passes.js';

/**
 * The passes of a loss, by fused kernels where the backend of the moment and the loss allow them.
 *
 * @throws SpecError - listing every violation at once.
 */
export function chosenPasses(spec: LossSpec, options: CompleteOptions): PassesOfPlan {
  const { layout, kernels } = options;
  return passesOf(planOf(spec), layout, (program) => {
    const pass = chosen(kernels, opPasses(program, layout), () => kernelPasses(program, options));
    return (inputs, next) => pass()(inputs, next);
  });
}

/** What computes a program at the moment: kernels where they can, or else tfjs's own ops. */
export function chosen<Pass>(
  kernels: Kernels,
  byOps: Pass,
  made: () => Kernelled<Pass>,
): () => Pass {
  if (kernels === 'ops') return () => byOps;
  const { problem, forward } = made();
  return () => {
    const reason = problem();
    if (reason === undefined) return forward;
    if (kernels === 'fused') refuseKernels(reason);
    return byOps;
  };
}
