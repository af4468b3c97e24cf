import type { MetricProgram, NamedArray, Statistics } from '@softdice/core';
import * as tf from '@tensorflow/tfjs';
import { chosen } from './chosen-passes.js';
import { fusedCounts } from './fused/fused-counts.js';
import { type Layout, placementOf, type Sizes } from './layout.js';
import type { CompleteMetricOptions } from './metric-options.js';
import { opSums } from './op-sums.js';
import { opsOf } from './ops.js';
import type { Summed } from './passes.js';
import { type LossTensors, leavesOf } from './placement.js';
import { run, schedule } from './run.js';

/** The pass of a metric over the voxels. */
export interface MetricPass {
  /** The counts, and what the head makes of them; to be called in a `tf.tidy`. */
  readonly summed: (inputs: LossTensors, sizes: Sizes) => Summed;
  /** The counts as numbers. The tensors may be disposed when it returns. */
  readonly numbers: (inputs: LossTensors, sizes: Sizes) => Promise<Statistics>;
}

/** The pass of a metric, by fused kernels where the backend of the moment allows them. */
export function metricPass(
  program: MetricProgram,
  { layout, kernels }: CompleteMetricOptions,
): () => MetricPass {
  return chosen(kernels, opCounts(program, layout), () => fusedCounts(program, layout));
}

/** The counts of a metric by tfjs's own ops. */
function opCounts(program: MetricProgram, layout: Layout): MetricPass {
  const placement = placementOf(layout);
  const ops = opsOf(placement, []);
  const counts = schedule(program.statistics.map(({ node }) => node));
  const sums = opSums(program, placement);
  const summed: MetricPass['summed'] = (inputs, sizes) =>
    sums(run(ops, counts, leavesOf(placement, sizes, inputs)));
  return {
    summed,
    numbers: (inputs, sizes) =>
      // One above the other they are read at once.
      read(
        program,
        tf.tidy(() => tf.stack(Object.values(summed(inputs, sizes).statistics()))),
      ),
  };
}

async function read({ statistics }: MetricProgram, counts: tf.Tensor): Promise<Statistics> {
  try {
    const data = await counts.data();
    const shape = counts.shape.slice(1);
    const size = data.length / statistics.length;
    return Object.fromEntries(
      statistics.map(({ name, node }, at): readonly [string, NamedArray] => {
        const own = Float64Array.from(data.slice(at * size, (at + 1) * size));
        return [name, { axes: node.axes, shape, data: own }];
      }),
    );
  } finally {
    counts.dispose();
  }
}
