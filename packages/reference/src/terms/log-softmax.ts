import { activations, type PredictionSizes } from '../activations/activation.js';

/** `x_c - m - log Σ_k e^{x_k - m}`, m the largest logit. */
export function logSoftmax(
  prediction: Float64Array,
  { samples, channels, voxels }: PredictionSizes,
): Float64Array {
  const logs = new Float64Array(prediction.length);
  for (let sample = 0; sample < samples; sample += 1) {
    for (let voxel = 0; voxel < voxels; voxel += 1) {
      const first = sample * channels * voxels + voxel;
      const logits = Array.from(
        { length: channels },
        (_, channel) => prediction[first + channel * voxels] ?? 0,
      );
      const peak = Math.max(...logits);
      const total = Math.log(logits.reduce((sum, x) => sum + Math.exp(x - peak), 0));
      logits.forEach((x, channel) => {
        logs[first + channel * voxels] = x - peak - total;
      });
    }
  }
  return logs;
}

/** `∂u_c / ∂x_k = [c = k] - p_k`, so that the slope by x_k is `g_k - p_k Σ_c g_c`. */
export function logSoftmaxPullback(
  prediction: Float64Array,
  slope: Float64Array,
  sizes: PredictionSizes,
): Float64Array {
  const { channels, voxels } = sizes;
  const p = activations.softmax.value(prediction, sizes);
  return p.map((value, at) => {
    const sample = Math.floor(at / (channels * voxels));
    const first = sample * channels * voxels + (at % voxels);
    let total = 0;
    for (let other = 0; other < channels; other += 1) {
      total += slope[first + other * voxels] ?? 0;
    }
    return (slope[at] ?? 0) - value * total;
  });
}
