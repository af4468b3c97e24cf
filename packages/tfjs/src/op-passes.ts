import { coefficientInput, type OpTable, type Program } from '@softdice/core';
import * as tf from '@tensorflow/tfjs';
import { carriedBy } from './carried.js';
import { alias, type Layout, placementOf } from './layout.js';
import { computed, opSums, pairs, sumInputs } from './op-sums.js';
import { opsOf } from './ops.js';
import type { FirstPass, Forward } from './passes.js';
import { inputLeaves, namedLeaves, placed, spatialOf } from './placement.js';
import { run, schedule } from './run.js';

/**
 * The passes of a program by tfjs's own ops.
 *
 * ```
 * prediction, target, mask ─ forward ─→ sums, carried
 * sums ─ head ─→ loss, scores
 * target, mask, sums, carried, cotangent ─ backward ─→ gradient
 * ```
 */
export function opPasses(program: Program, layout: Layout): FirstPass {
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
  const summed = opSums(program, placement);
  const backward: Forward['backward'] = ({ target, mask }, kept, cotangent, shape) =>
    tf.tidy(() => {
      const isScalar = head.loss.axes.length === 0;
      const outer =
        cotangent ?? (isScalar ? tf.scalar(1) : tf.onesLike(summed(kept).head(head.loss)));
      const leaves = namedLeaves([
        ...sumInputs(program, kept),
        ['cotangent', placed(placement, head.loss.axes, outer)],
      ]);
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
    });
  return (inputs) => {
    const kept = run(
      opsFor(inputs.prediction.shape),
      forward,
      inputLeaves(layout, placement, inputs),
    );
    return { ...summed(kept), saved: kept, backward };
  };
}
