import type { ByHand } from './agreement.js';
import type { Drawn } from './drawn.js';

/** Counts of decided labels of one class over the whole batch. */
export interface HardCounts {
  readonly both: number;
  readonly sums: number;
}

/** The class with the largest value of each sample and voxel, the first of equal ones. */
export function decided(
  { samples, classes, voxels }: Drawn,
  x: readonly number[],
): readonly number[] {
  const result: number[] = [];
  for (let n = 0; n < samples; n += 1) {
    for (let v = 0; v < voxels; v += 1) {
      let best = 0;
      for (let c = 1; c < classes; c += 1) {
        const value = x[(n * classes + c) * voxels + v] ?? 0;
        if (value > (x[(n * classes + best) * voxels + v] ?? 0)) best = c;
      }
      result.push(best);
    }
  }
  return result;
}

export function hardCounts(one: Drawn, x: readonly number[]): readonly HardCounts[] {
  const decisions = decided(one, x);
  return Array.from({ length: one.classes }, (_, c) => {
    let [both, sums] = [0, 0];
    one.labels.forEach((label, at) => {
      const [is, was] = [decisions[at] === c, label === c];
      if (is && was) both += 1;
      if (is) sums += 1;
      if (was) sums += 1;
    });
    return { both, sums };
  });
}

/** The layer's forward pass: 1 - sum of D over decided labels, smooth 1e-7 in both places. */
export function forward(one: Drawn, x: readonly number[]): number {
  let loss = 1;
  for (const { both, sums } of hardCounts(one, x)) loss -= (2 * both + 1e-7) / (sums + 1e-7);
  return loss;
}

/**
 * A backward pass as the layer had it: twice the label taken from the summed score, over the summed
 * denominators, the same for all five channels of a voxel.
 */
export function handBackward(one: Drawn, x: readonly number[]): readonly number[] {
  let [score, below] = [0, 0];
  for (const { both, sums } of hardCounts(one, x)) {
    score += (2 * both + 1e-7) / (sums + 1e-7);
    below += sums + 1e-7;
  }
  return x.map((_, at) => {
    const sample = Math.floor(at / (one.classes * one.voxels));
    const label = one.labels[sample * one.voxels + (at % one.voxels)] ?? 0;
    return (score - 2 * label) / below;
  });
}

/** Probabilities over the classes. */
export function softmax(
  { samples, classes, voxels }: Drawn,
  x: readonly number[],
): readonly number[] {
  const result = x.map((value) => Math.exp(value));
  for (let n = 0; n < samples; n += 1) {
    for (let v = 0; v < voxels; v += 1) {
      let sum = 0;
      for (let c = 0; c < classes; c += 1) sum += result[(n * classes + c) * voxels + v] ?? 0;
      for (let c = 0; c < classes; c += 1) {
        const at = (n * classes + c) * voxels + v;
        result[at] = (result[at] ?? 0) / sum;
      }
    }
  }
  return result;
}

/** A gradient by probabilities carried back to logits: p (g - sum of p g). */
export function throughSoftmax(
  { samples, classes, voxels }: Drawn,
  p: readonly number[],
  gradient: readonly number[],
): readonly number[] {
  const result = p.map(() => 0);
  for (let n = 0; n < samples; n += 1) {
    for (let v = 0; v < voxels; v += 1) {
      let mean = 0;
      for (let c = 0; c < classes; c += 1) {
        const at = (n * classes + c) * voxels + v;
        mean += (p[at] ?? 0) * (gradient[at] ?? 0);
      }
      for (let c = 0; c < classes; c += 1) {
        const at = (n * classes + c) * voxels + v;
        result[at] = (p[at] ?? 0) * ((gradient[at] ?? 0) - mean);
      }
    }
  }
  return result;
}

/** -sum of D of probabilities, D = (2I + 1e-7) / (P + T + 1e-7) per class, gradient by logits. */
export function softForward(one: Drawn, p: readonly number[]): ByHand {
  const { samples, classes, voxels, oneHot: t } = one;
  const scores: number[] = [];
  const slopes = p.map(() => 0);
  let loss = 0;
  for (let c = 0; c < classes; c += 1) {
    let [above, below] = [1e-7, 1e-7];
    const own: number[] = [];
    for (let n = 0; n < samples; n += 1) {
      for (let v = 0; v < voxels; v += 1) own.push((n * classes + c) * voxels + v);
    }
    for (const at of own) {
      above += 2 * (p[at] ?? 0) * (t[at] ?? 0);
      below += (p[at] ?? 0) + (t[at] ?? 0);
    }
    scores.push(above / below);
    loss -= above / below;
    for (const at of own) slopes[at] = -(2 * (t[at] ?? 0) * below - above) / (below * below);
  }
  return { loss: [loss], scores, gradient: throughSoftmax(one, p, slopes) };
}
