import { compile, type LossSpec, type Node, type Program } from '@softdice/core';
import type * as tf from '@tensorflow/tfjs';
import type { Kernels } from './check.js';
import { fusedPasses, refuseKernels } from './fused/fused-passes.js';
import type { Layout } from './layout.js';
import { opPasses } from './op-passes.js';
import type { LossTensors } from './placement.js';

/** What the first pass over the voxels leaves. */
export interface Forward {
  /** The tensors that the second pass needs beside target and mask; saved, they may be copies. */
  readonly saved: readonly tf.Tensor[];
  /** The value of a node of the head: the loss, or the loss or scores of a term. */
  readonly head: (node: Node) => tf.Tensor;
  /** The voxel sums by name, on their own axes. */
  readonly statistics: () => Readonly<Record<string, tf.Tensor>>;
  /** The second pass over the voxels: the gradient, shaped like the prediction. */
  readonly backward: (
    inputs: Omit<LossTensors, 'prediction'>,
    saved: readonly tf.Tensor[],
    cotangent: tf.Tensor | undefined,
    shape: readonly number[],
  ) => tf.Tensor;
}

/** A loss compiled for a layout: its two passes over the voxels and its head between them. */
export interface Passes {
  readonly program: Program;
  readonly layout: Layout;
  /** The first pass, by fused kernels where the backend of the moment and the loss allow them. */
  readonly forward: (inputs: LossTensors) => Forward;
}

/**
 * Compiles a loss into tfjs passes.
 *
 * @throws SpecError - listing every violation at once.
 */
export function passesOf(spec: LossSpec, layout: Layout, kernels: Kernels): Passes {
  const program = compile(spec);
  const byOps = opPasses(program, layout);
  if (kernels === 'ops') return { program, layout, forward: byOps };
  const fused = fusedPasses(program, layout);
  const chosen = (): Passes['forward'] => {
    const problem = fused.problem();
    if (problem === undefined) return fused.forward;
    if (kernels === 'fused') refuseKernels(problem);
    return byOps;
  };
  return { program, layout, forward: (inputs) => chosen()(inputs) };
}
