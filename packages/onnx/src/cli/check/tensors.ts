/** Numbers of a shape, channels first. */
export interface Plain {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

/** Numbers of a shape, made one by one. */
export function plain(shape: readonly number[], value: (at: number) => number): Plain {
  const length = shape.reduce((product, size) => product * size, 1);
  return { shape, data: Float64Array.from({ length }, (_, at) => value(at)) };
}

/** The same numbers with the channels last. */
export function channelsLast({ shape, data }: Plain): Plain {
  const [samples = 1, channels = 1, ...spatial] = shape;
  const voxels = spatial.reduce((product, size) => product * size, 1);
  return plain([samples, ...spatial, channels], (at) => {
    const [place, channel] = [Math.floor(at / channels), at % channels];
    const [sample, voxel] = [Math.floor(place / voxels), place % voxels];
    return data[(sample * channels + channel) * voxels + voxel] ?? 0;
  });
}

/** The same numbers with the channels first. */
export function channelsFirst({ shape, data }: Plain): Plain {
  const [samples = 1, ...rest] = shape;
  const [channels = 1, spatial] = [rest.at(-1), rest.slice(0, -1)];
  const voxels = spatial.reduce((product, size) => product * size, 1);
  return plain([samples, channels, ...spatial], (at) => {
    const [place, voxel] = [Math.floor(at / voxels), at % voxels];
    const [sample, channel] = [Math.floor(place / channels), place % channels];
    return data[(sample * voxels + voxel) * channels + channel] ?? 0;
  });
}
