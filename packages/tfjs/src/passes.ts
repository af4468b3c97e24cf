import { compilePlan, looksAtNeighbours, type Node, type Plan, type Program } from '@softdice/core';
import type * as tf from '@tensorflow/tfjs';
import type { Layout } from './layout.js';
import { type LossTensors, spatialOf } from './placement.js';

/** Voxel sums, and what the head of a program makes of them. */
export interface Summed {
  /** The value of a node of the head: the loss, or the loss or scores of a term. */
  readonly head: (node: Node) => tf.Tensor;
  /** The voxel sums by name, on their own axes. */
  readonly statistics: () => Readonly<Record<string, tf.Tensor>>;
}

/** What the first pass over the voxels leaves. */
export interface Forward extends Summed {
  /** The tensors that the second pass needs beside target and mask. */
  readonly saved: readonly tf.Tensor[];
  /** The second pass over the voxels: the gradient, shaped like the prediction. */
  readonly backward: (
    inputs: Omit<LossTensors, 'prediction'>,
    saved: readonly tf.Tensor[],
    cotangent: tf.Tensor | undefined,
    shape: readonly number[],
  ) => tf.Tensor;
}

/**
 * The first pass over the voxels.
 *
 * @param next - Whether the second pass follows at once, on the same tensors: it may then find part of
 *   its work done.
 */
export type FirstPass = (inputs: LossTensors, next: 'gradient' | 'whatever') => Forward;

/** A loss compiled for a layout: its two passes over the voxels and its head between them. */
export interface Passes {
  readonly program: Program;
  readonly forward: FirstPass;
}

/** A loss for a layout: what needs no tensors, and the passes for predictions of a shape. */
export interface PassesOfPlan {
  readonly plan: Plan;
  readonly layout: Layout;
  /**
   * @throws InputError - where the loss looks at neighbours and the shape has not 2 or 3 spatial axes.
   */
  readonly at: (prediction: readonly number[]) => Passes;
}

/**
 * Compiles a plan into tfjs passes: at once, or, where it looks at neighbouring voxels, once for each
 * number of spatial axes that it meets.
 *
 * @param firstPass - Who computes a program.
 */
export function passesOf(
  plan: Plan,
  layout: Layout,
  firstPass: (program: Program, layout: Layout) => FirstPass,
): PassesOfPlan {
  const passes = (program: Program): Passes => ({ program, forward: firstPass(program, layout) });
  if (!looksAtNeighbours(plan)) {
    const compiled = passes(compilePlan(plan));
    return { plan, layout, at: () => compiled };
  }
  const known = new Map<number, Passes>();
  const at = (prediction: readonly number[]): Passes => {
    const spatialRank = spatialOf(layout, prediction).length;
    const compiled = known.get(spatialRank) ?? passes(compilePlan(plan, { spatialRank }));
    known.set(spatialRank, compiled);
    return compiled;
  };
  return { plan, layout, at };
}
