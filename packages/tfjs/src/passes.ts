import {
  compile,
  type LossSpec,
  looksAtNeighbours,
  type Node,
  type Plan,
  type Program,
  planOf,
} from '@softdice/core';
import type * as tf from '@tensorflow/tfjs';
import type { Kernels } from './check.js';
import { fusedPasses, refuseKernels } from './fused/fused-passes.js';
import type { Layout } from './layout.js';
import { opPasses } from './op-passes.js';
import { type LossTensors, spatialOf } from './placement.js';

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

/**
 * The first pass over the voxels, by fused kernels where the backend of the moment and the loss allow
 * them.
 *
 * @param next - Whether the second pass follows at once, on the same tensors: it may then find part of
 *   its work done.
 */
export type FirstPass = (inputs: LossTensors, next: 'gradient' | 'whatever') => Forward;

/** A loss compiled for a layout: its two passes over the voxels and its head between them. */
export interface Passes {
  readonly program: Program;
  readonly layout: Layout;
  readonly forward: FirstPass;
}

/** A loss for a layout: what needs no tensors, and the passes for predictions of a shape. */
export interface PassesOfSpec {
  readonly plan: Plan;
  /**
   * @throws InputError - where the loss looks at neighbours and the shape has not 2 or 3 spatial axes.
   */
  readonly at: (prediction: readonly number[]) => Passes;
}

/**
 * Compiles a loss into tfjs passes: at once, or, where it looks at neighbouring voxels, once for each
 * number of spatial axes that it meets.
 *
 * @throws SpecError - listing every violation at once.
 */
export function passesOf(spec: LossSpec, layout: Layout, kernels: Kernels): PassesOfSpec {
  const plan = planOf(spec);
  if (!looksAtNeighbours(plan)) {
    const passes = compiledPasses(compile(plan), layout, kernels);
    return { plan, at: () => passes };
  }
  const known = new Map<number, Passes>();
  const at = (prediction: readonly number[]): Passes => {
    const spatialRank = spatialOf(layout, prediction).length;
    const program = (): Program => compile(plan, { spatialRank });
    const passes = known.get(spatialRank) ?? compiledPasses(program(), layout, kernels);
    known.set(spatialRank, passes);
    return passes;
  };
  return { plan, at };
}

function compiledPasses(program: Program, layout: Layout, kernels: Kernels): Passes {
  const byOps = opPasses(program, layout);
  if (kernels === 'ops') return { program, layout, forward: byOps };
  const fused = fusedPasses(program, layout);
  const chosen = (): Passes['forward'] => {
    const problem = fused.problem();
    if (problem === undefined) return fused.forward;
    if (kernels === 'fused') refuseKernels(problem);
    return byOps;
  };
  return { program, layout, forward: (inputs, next) => chosen()(inputs, next) };
}
