/**
 * Writes the encoded target of one sample, summed over some of its channels: `Σ_c t[sample, c, ·]`.
 */
export type TargetPlanes = (sample: number, members: readonly number[], into: Float64Array) => void;

/** Labels `[N, voxels]`: 1 where the label is a member, which is the sum of one-hot planes. */
export function labelPlanes(labels: ArrayLike<number>): TargetPlanes {
  return (sample, members, into) => {
    const first = sample * into.length;
    for (let at = 0; at < into.length; at += 1) {
      into[at] = members.includes(labels[first + at] ?? 0) ? 1 : 0;
    }
  };
}

/** Values `[N, C, voxels]`, taken as they are. */
export function channelPlanes(values: ArrayLike<number>, channels: number): TargetPlanes {
  return (sample, members, into) => {
    into.fill(0);
    for (const channel of members) {
      const first = (sample * channels + channel) * into.length;
      for (let at = 0; at < into.length; at += 1) {
        into[at] = (into[at] ?? 0) + (values[first + at] ?? 0);
      }
    }
  };
}
