import { compile } from '@softdice/core';
import { fusedLoss } from '@softdice/core/wasm';
import type { Problem } from '../problem.js';
import type { Entry } from '../rival.js';

/** softdice's kernels without a tensor library. */
export const typedArrays: Entry = {
  name: 'softdice fused, typed arrays, channelsFirst',
  start: async ({ samples, channels, spatial, spec, first, labels }) => {
    const step = fusedLoss(compile(spec));
    const inputs = {
      prediction: { shape: [samples, channels, ...spatial], data: first },
      target: { shape: [samples, ...spatial], data: labels },
      gradient: new Float32Array(first.length),
    };
    return {
      step: async () => ({ loss: step(inputs).loss.data[0] ?? Number.NaN }),
      close: async () => undefined,
    };
  },
};

/** Loops as one writes them in JavaScript. */
export const plainLoops: Entry = {
  name: 'plain loops over typed arrays, channelsFirst',
  start: async (problem) => ({
    step: async () => ({ loss: plainDice(problem) }),
    close: async () => undefined,
  }),
};

function plainDice({ samples, channels, voxels, first, labels }: Problem): number {
  const gradient = new Float32Array(first.length);
  const p = new Float64Array(channels);
  const smooth = 1e-5;
  let loss = 0;
  for (let sample = 0; sample < samples; sample++) {
    const start = sample * channels * voxels;
    const sums = new Float64Array(3 * channels);
    const probabilities = (voxel: number): void => {
      if (channels === 1) {
        p[0] = 1 / (1 + Math.exp(-(first[start + voxel] ?? 0)));
        return;
      }
      let most = Number.NEGATIVE_INFINITY;
      for (let c = 0; c < channels; c++) {
        most = Math.max(most, first[start + c * voxels + voxel] ?? 0);
      }
      let total = 0;
      for (let c = 0; c < channels; c++) {
        const raised = Math.exp((first[start + c * voxels + voxel] ?? 0) - most);
        p[c] = raised;
        total += raised;
      }
      for (let c = 0; c < channels; c++) p[c] = (p[c] ?? 0) / total;
    };
    const hits = (label: number, c: number): boolean =>
      channels === 1 ? label === 1 : label === c;
    for (let voxel = 0; voxel < voxels; voxel++) {
      probabilities(voxel);
      const label = labels[sample * voxels + voxel] ?? 0;
      for (let c = 0; c < channels; c++) {
        const probability = p[c] ?? 0;
        sums[3 * c] = (sums[3 * c] ?? 0) + probability;
        if (!hits(label, c)) continue;
        sums[3 * c + 1] = (sums[3 * c + 1] ?? 0) + 1;
        sums[3 * c + 2] = (sums[3 * c + 2] ?? 0) + probability;
      }
    }
    const byP = new Float64Array(channels);
    const byI = new Float64Array(channels);
    for (let c = 0; c < channels; c++) {
      const denominator = (sums[3 * c] ?? 0) + (sums[3 * c + 1] ?? 0) + smooth;
      const score = (2 * (sums[3 * c + 2] ?? 0) + smooth) / denominator;
      loss += (1 - score) / (samples * channels);
      byP[c] = score / denominator / (samples * channels);
      byI[c] = -2 / denominator / (samples * channels);
    }
    for (let voxel = 0; voxel < voxels; voxel++) {
      probabilities(voxel);
      const label = labels[sample * voxels + voxel] ?? 0;
      const slope = (c: number): number => (byP[c] ?? 0) + (hits(label, c) ? (byI[c] ?? 0) : 0);
      if (channels === 1) {
        const probability = p[0] ?? 0;
        gradient[start + voxel] = slope(0) * probability * (1 - probability);
        continue;
      }
      let mean = 0;
      for (let c = 0; c < channels; c++) mean += (p[c] ?? 0) * slope(c);
      for (let c = 0; c < channels; c++) {
        gradient[start + c * voxels + voxel] = (p[c] ?? 0) * (slope(c) - mean);
      }
    }
  }
  return loss;
}
