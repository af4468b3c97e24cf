import type { MetricProgram } from '@softdice/core';
import { fusedOf, type Swept } from '@softdice/core/wasm';
import type { Layout, Sizes } from '../layout.js';
import type { MetricPass } from '../metric-pass.js';
import type { LossTensors } from '../placement.js';
import { backendProblem, homeOf, type Kernelled, refuseKernels, summedBy } from './kernelled.js';

/** The counts of a metric by fused kernels, which are compiled when they are first used. */
export function fusedCounts(program: MetricProgram, layout: Layout): Kernelled<MetricPass> {
  const fused = fusedOf(program);
  if ('reason' in fused) {
    const { reason } = fused;
    const refuse = (): never => refuseKernels(reason);
    return { problem: () => reason, forward: { summed: refuse, numbers: refuse } };
  }
  const home = homeOf(fused, layout);
  const swept = (inputs: LossTensors, { sample = 1, channel = 1, voxel = 1 }: Sizes): Swept =>
    home().place(inputs, { samples: sample, channels: channel, voxels: voxel }, fused.forward);
  return {
    problem: backendProblem,
    forward: {
      summed: (inputs, sizes) => summedBy(fused, swept(inputs, sizes)),
      numbers: (inputs, sizes) => Promise.resolve(swept(inputs, sizes).statistics),
    },
  };
}
