import { blur } from './blur.js';
import type { Brain } from './brain.js';

/** Blur of the mirrored labels in voxels of 2 mm: how sure the prior is of its borders. */
const priorSigma = 1.5;

/** Least prior of any class, so that intensity alone can still win a voxel. */
const priorFloor = 1e-3;

/** Least standard deviation of a class, in T1 units; keeps the empty background from dividing by 0. */
const deviationFloor = 2;

/** Logits are clipped to plus and minus this, the range of an ordinary trained network. */
const logitLimit = 20;

/** Mean and standard deviation of a class's T1 intensity. */
interface Intensity {
  readonly mean: number;
  readonly deviation: number;
}

/**
 * Segments the brain from its own mirror image, without any randomness.
 *
 * The two halves of a brain are alike but not the same, so the labels mirrored left-right and
 * blurred are a prior with realistic errors. The intensity of each voxel then corrects it: a
 * logit is log(prior + 1e-3) plus the Gaussian log-likelihood of the T1 intensity in the class,
 * up to a constant.
 *
 * @param brain The brain to segment, of [z, y, x] voxels.
 * @returns Logits [1, classes, z, y, x], row-major, within plus and minus 20.
 */
export function predictBrain(brain: Brain): Float32Array {
  const mirrored = mirror(brain.labels, brain.size[2]);
  const count = brain.t1.length;
  const logits = new Float32Array(brain.classNames.length * count);
  brain.classNames.forEach((_, label) => {
    const mask = Float32Array.from(mirrored, (value) => (value === label ? 1 : 0));
    const prior = blur(mask, brain.size, priorSigma);
    const intensity = measure(brain.t1, mask);
    const score = prior.map((value, at) =>
      clip(Math.log(value + priorFloor) + logLikelihood(intensity, brain.t1[at] ?? 0)),
    );
    logits.set(score, label * count);
  });
  return logits;
}

/** Reverses every row of `width` voxels: swaps left and right. */
function mirror(labels: Uint8Array, width: number): Uint8Array {
  return labels.map((_, at) => {
    const x = at % width;
    return labels[at - x + (width - 1 - x)] ?? 0;
  });
}

/** Measures the T1 intensity of the voxels where `mask` is 1. */
function measure(t1: Uint8Array, mask: Float32Array): Intensity {
  let count = 0;
  let sum = 0;
  let squares = 0;
  mask.forEach((inside, at) => {
    const value = t1[at] ?? 0;
    count += inside;
    sum += inside * value;
    squares += inside * value * value;
  });
  const mean = sum / Math.max(count, 1);
  const variance = squares / Math.max(count, 1) - mean * mean;
  return { mean, deviation: Math.max(Math.sqrt(Math.max(variance, 0)), deviationFloor) };
}

/** Log of the Gaussian density, without the constant that all classes share. */
function logLikelihood({ mean, deviation }: Intensity, value: number): number {
  return -0.5 * ((value - mean) / deviation) ** 2 - Math.log(deviation);
}

function clip(logit: number): number {
  return Math.min(Math.max(logit, -logitLimit), logitLimit);
}
