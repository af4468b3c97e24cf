import type { CompleteMetric } from '@softdice/core';
import type { PredictionSizes } from '../activations/activation.js';
import { channelPlanes, labelPlanes, type TargetPlanes } from '../inputs/target-planes.js';
import type { Rules, Variant } from '../rules.js';

type Decide = CompleteMetric['decide'];

const rules: Rules<Decide, (values: ArrayLike<number>, sizes: PredictionSizes) => TargetPlanes> = {
  argmax: () => (values, sizes) => labelPlanes(argmax(values, sizes)),
  threshold:
    ({ threshold }) =>
    (values, { channels }) =>
      channelPlanes(
        Uint8Array.from(values, (value) => (value > threshold ? 1 : 0)),
        channels,
      ),
  labels: () => (values) => labelPlanes(values),
};

/** The decided prediction, encoded like a target: 1 where a channel was chosen. */
export function decided<K extends Decide['kind']>(
  decide: Variant<Decide, K>,
  values: ArrayLike<number>,
  sizes: PredictionSizes,
): TargetPlanes {
  return rules[decide.kind](decide)(values, sizes);
}

/** The channel with the largest value at each voxel, the first of equal ones; `[N, voxels]`. */
function argmax(
  values: ArrayLike<number>,
  { samples, channels, voxels }: PredictionSizes,
): Int32Array {
  return Int32Array.from({ length: samples * voxels }, (_, at) => {
    const first = Math.floor(at / voxels) * channels * voxels + (at % voxels);
    let best = 0;
    for (let channel = 1; channel < channels; channel += 1) {
      const value = values[first + channel * voxels] ?? 0;
      if (value > (values[first + best * voxels] ?? 0)) best = channel;
    }
    return best;
  });
}
