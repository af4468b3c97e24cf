import { InputError, type MetricProgram, type Node, type Scored } from '@softdice/core';
import * as tf from '@tensorflow/tfjs';
import { type Layout, placementOf, type Sizes } from './layout.js';
import { opsOf } from './ops.js';
import { type LossTensors, leavesOf, unplaced } from './placement.js';
import { run, schedule } from './run.js';

/** Values of nodes of a metric's program over its inputs. */
export type MetricValues = (
  inputs: LossTensors,
  sizes: Sizes,
  wanted: readonly Node[],
) => readonly tf.Tensor[];

/** Runs a metric's program by tfjs's ops; every value has the shape of its axes. */
export function metricValues(layout: Layout): MetricValues {
  const placement = placementOf(layout);
  const ops = opsOf(placement, []);
  return (inputs, sizes, wanted) =>
    tf.tidy(() => {
      const values = run(ops, schedule(wanted), leavesOf(placement, sizes, inputs));
      return wanted.map((node, at) => {
        const value = values[at];
        if (value === undefined) throw new TypeError('nothing was computed');
        return unplaced(placement, node.axes, value);
      });
    });
}

/** Numbers of which some may be undefined, with NaN for these. */
export function withNaN(
  values: MetricValues,
  inputs: LossTensors,
  sizes: Sizes,
  { value, defined }: Scored,
): tf.Tensor {
  return tf.tidy(() => {
    const [numbers, holds] = values(inputs, sizes, [value, defined]);
    if (numbers === undefined || holds === undefined) throw new TypeError('nothing was computed');
    if (defined.op === 'const') return numbers;
    return tf.where(tf.greater(holds, 0), numbers, tf.fill(numbers.shape, Number.NaN));
  });
}

/**
 * Computes a hard score apart from tfjs's tape, which would keep voxel maps for a gradient that there
 * is not.
 */
export function withoutGradient(prediction: tf.Tensor, score: () => tf.Tensor): tf.Tensor {
  const computed = tf.customGrad(() => ({
    value: score(),
    gradFunc: () => {
      throw new InputError([
        {
          path: 'metric',
          expected: 'a hard score beside a loss',
          received: 'a derivative of it',
          fix: 'labels that are decided have no gradient: train with lossFunction',
        },
      ]);
    },
  }));
  return computed(prediction);
}

/** The counts of a program, one above the other, so that they are read at once. */
export function stackedCounts(
  values: MetricValues,
  { statistics }: MetricProgram,
  inputs: LossTensors,
  sizes: Sizes,
): tf.Tensor {
  const nodes = statistics.map(({ node }) => node);
  return tf.tidy(() => tf.stack([...values(inputs, sizes, nodes)]));
}
