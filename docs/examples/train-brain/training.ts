import { type LossSpec, lossFunction } from '@softdice/tfjs';
import * as tf from '@tensorflow/tfjs';
import { judged } from './held-out.js';
import { networkOf } from './network.js';
import { batchesOf } from './random.js';
import { channels, type Slices } from './slices.js';

/** How long and how fast a network learns. */
export interface Course {
  readonly steps: number;
  /** Slices per step. */
  readonly batch: number;
  /** Of Adam at the first step; it falls to 0 along a line. */
  readonly learningRate: number;
  /** How often the held-out half is scored. */
  readonly checks: number;
  readonly classes: number;
}

/** The course of the page. */
export const course: Course = { steps: 240, batch: 4, learningRate: 3e-3, checks: 6, classes: 6 };

/** Of Adam: left to itself, tfjs takes another on backends whose floats it takes for short ones. */
const epsilon = 1e-7;

/** How a network does on the way. */
export interface Check {
  readonly step: number;
  /** Mean training loss since the check before. */
  readonly loss: number;
  /** Held-out Dice of each class but the first. */
  readonly dice: readonly number[];
  /** Decided labels of the held-out half; empty where they are not kept. */
  readonly labels: Uint8Array;
}

/** What is trained, on what, and from which seed. */
export interface Run {
  readonly spec: LossSpec;
  readonly training: Slices;
  readonly heldOut: Slices;
  readonly seed: number;
  readonly course: Course;
  /** Which checks keep the decided labels. */
  readonly keep: 'last' | 'every';
}

/**
 * Trains a network with a loss, step by step. The same run gives the same numbers on the same backend.
 *
 * @param seen Called at every check; the next step waits for it.
 */
export async function trained(run: Run, seen: (check: Check) => unknown): Promise<void> {
  const { training, heldOut, seed, course, keep } = run;
  const { count, height, width } = training;
  const network = networkOf(height, width, course.classes, seed);
  const optimizer = tf.train.adam(course.learningRate, 0.9, 0.999, epsilon);
  const loss = lossFunction(run.spec);
  const images = tf.tensor4d(training.images, [count, height, width, channels]);
  const labels = tf.tensor3d(training.labels, [count, height, width], 'int32');
  const every = course.steps / course.checks;
  let losses: number[] = [];
  try {
    for (const [step, batch] of batchesOf(count, course.batch, course.steps, seed).entries()) {
      // tfjs has no schedules, and Adam's rate is a field that is not declared public.
      Object.assign(optimizer, { learningRate: course.learningRate * (1 - step / course.steps) });
      const value = tf.tidy(() => {
        const chosen = tf.tensor1d([...batch], 'int32');
        const [x, target] = [tf.gather(images, chosen), tf.gather(labels, chosen)];
        const cost = (): tf.Scalar => loss(target, network.apply(x) as tf.Tensor) as tf.Scalar;
        return optimizer.minimize(cost, true) ?? tf.scalar(Number.NaN);
      });
      losses.push((await value.data())[0] ?? Number.NaN);
      value.dispose();
      const done = step + 1;
      if (Math.floor(done / every) === Math.floor(step / every)) continue;
      const mean = losses.reduce((sum, each) => sum + each, 0) / losses.length;
      losses = [];
      const kept = keep === 'every' || done === course.steps;
      const now = await judged(network, heldOut, course.classes, kept);
      await seen({ step: done, loss: mean, ...now });
    }
  } finally {
    tf.dispose([images, labels]);
    network.dispose();
    optimizer.dispose();
  }
}
