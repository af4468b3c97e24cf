import type { Activation } from './activation.js';

/**
 * Over the channels of a voxel: `p_c = e^(x_c - m) / Σ_k e^(x_k - m)` with m the largest logit;
 * the derivative by x_c of a function with slopes g is `p_c (g_c - Σ_k p_k g_k)`.
 *
 * Source: Bridle 1990; subtracting m changes nothing but keeps the exponentials in range.
 */
export const softmax: Activation = {
  value: (prediction, { samples, channels, voxels }) => {
    const p = new Float64Array(prediction.length);
    for (let sample = 0; sample < samples; sample += 1) {
      for (let voxel = 0; voxel < voxels; voxel += 1) {
        const first = sample * channels * voxels + voxel;
        const end = first + channels * voxels;
        let largest = Number.NEGATIVE_INFINITY;
        for (let at = first; at < end; at += voxels) {
          largest = Math.max(largest, prediction[at] ?? 0);
        }
        let total = 0;
        for (let at = first; at < end; at += voxels) {
          const power = Math.exp((prediction[at] ?? 0) - largest);
          p[at] = power;
          total += power;
        }
        for (let at = first; at < end; at += voxels) p[at] = (p[at] ?? 0) / total;
      }
    }
    return p;
  },
  pullback: (_prediction, p, slope, { samples, channels, voxels }) => {
    const gradient = new Float64Array(p.length);
    for (let sample = 0; sample < samples; sample += 1) {
      for (let voxel = 0; voxel < voxels; voxel += 1) {
        const first = sample * channels * voxels + voxel;
        const end = first + channels * voxels;
        let mean = 0;
        for (let at = first; at < end; at += voxels) mean += (p[at] ?? 0) * (slope[at] ?? 0);
        for (let at = first; at < end; at += voxels) {
          gradient[at] = (p[at] ?? 0) * ((slope[at] ?? 0) - mean);
        }
      }
    }
    return gradient;
  },
};
