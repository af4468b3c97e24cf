import {
  coefficientInput,
  compile,
  type LossSpec,
  type Node,
  type OpTable,
  type Program,
  statisticInput,
} from '@softdice/core';
import * as tf from '@tensorflow/tfjs';
import { carriedBy } from './carried.js';
import { alias, type Layout, placementOf } from './layout.js';
import { opsOf } from './ops.js';
import {
  inputLeaves,
  type LossTensors,
  namedLeaves,
  placed,
  spatialOf,
  unplaced,
} from './placement.js';
import { run, schedule } from './run.js';

/** What the forward pass leaves: the voxel sums, then what {@link Carried} names. */
export type Kept = readonly tf.Tensor[];

/** A loss compiled for a layout: its two passes over the voxels and its head between them. */
export interface Passes {
  readonly program: Program;
  readonly layout: Layout;
  /** The first pass over the voxels. */
  readonly forward: (inputs: LossTensors) => Kept;
  /** The value of a node of the head: the loss, or the loss or scores of a term. */
  readonly head: (node: Node, kept: Kept) => tf.Tensor;
  /** The voxel sums by name, on their own axes. */
  readonly statistics: (kept: Kept) => Readonly<Record<string, tf.Tensor>>;
  /** The second pass over the voxels: the gradient, shaped like the prediction. */
  readonly backward: (
    inputs: Omit<LossTensors, 'prediction'>,
    kept: Kept,
    cotangent: tf.Tensor,
    shape: readonly number[],
  ) => tf.Tensor;
}

/**
 * Compiles a loss into tfjs passes.
 *
 * ```
 * prediction, target, mask ─ forward ─→ sums, carried
 * sums ─ head ─→ loss, scores
 * target, mask, sums, carried, cotangent ─ backward ─→ gradient
 * ```
 *
 * @throws SpecError - listing every violation at once.
 */
export function passesOf(spec: LossSpec, layout: Layout): Passes {
  const program = compile(spec);
  const { head, pullback, statistics } = program;
  const placement = placementOf(layout);
  const opsFor = (shape: readonly number[]): OpTable<tf.Tensor> =>
    opsOf(placement, spatialOf(layout, shape));
  const gridOps = opsOf(placement, []);
  const sums = statistics.map(({ node }) => node);
  const carried = carriedBy(program);
  const forward = schedule([...sums, ...carried.nodes]);
  const coefficients = schedule(head.coefficients.map(({ node }) => node));
  const gradient = schedule([pullback], carried.nodes);
  const sumsOf = (kept: Kept): readonly (readonly [string, tf.Tensor])[] =>
    pairs(
      statistics.map(({ name }) => statisticInput(name)),
      kept,
    );
  return {
    program,
    layout,
    forward: (inputs) =>
      run(opsFor(inputs.prediction.shape), forward, inputLeaves(layout, placement, inputs)),
    head: (node, kept) =>
      tf.tidy(() => {
        const [value] = run(gridOps, schedule([node]), namedLeaves(sumsOf(kept)));
        return unplaced(placement, node.axes, computed(value));
      }),
    statistics: (kept) =>
      Object.fromEntries(
        pairs(statistics, kept).map(([{ name, node }, sum]) => [
          name,
          unplaced(placement, node.axes, sum),
        ]),
      ),
    backward: ({ target, mask }, kept, cotangent, shape) =>
      tf.tidy(() => {
        const outer = placed(placement, head.loss.axes, cotangent);
        const leaves = namedLeaves([...sumsOf(kept), ['cotangent', outer]]);
        const names = head.coefficients.map(({ name }) => coefficientInput(name));
        const factors = namedLeaves(pairs(names, run(gridOps, coefficients, leaves)));
        const known = new Map(pairs(carried.nodes, kept.slice(sums.length)));
        const prediction = tf.reshape(computed(known.get(carried.prediction)), [...shape]);
        const voxels = inputLeaves(layout, placement, { prediction, target, mask });
        const [value] = run(opsFor(shape), gradient, (node) => {
          const value = known.get(node);
          return value === undefined ? (factors(node) ?? voxels(node)) : alias(value);
        });
        return tf.reshape(computed(value), [...shape]);
      }),
  };
}

function pairs<A, B>(left: readonly A[], right: readonly B[]): readonly (readonly [A, B])[] {
  return left.flatMap((a, at) => right.slice(at, at + 1).map((b): readonly [A, B] => [a, b]));
}

function computed(value: tf.Tensor | undefined): tf.Tensor {
  if (value === undefined) throw new TypeError('nothing was computed');
  return value;
}
