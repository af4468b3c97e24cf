/** What two losses are compared on, before either reads it in its own way. */
export interface Input {
  readonly samples: number;
  readonly channels: number;
  readonly rows: number;
  readonly columns: number;
  /** Row-major over sample, channel and voxel. */
  readonly prediction: readonly number[];
  /** Planes, row-major as the prediction. */
  readonly target: readonly number[];
  /** Over sample and voxel; 1 where nothing is masked. */
  readonly mask: readonly number[];
  /** Over sample and voxel: whether the target is the ignore label there. */
  readonly ignored: readonly boolean[];
}

/** Number of voxels of a sample. */
export function voxelsOf({ rows, columns }: Input): number {
  return rows * columns;
}

/** A value per sample, channel and voxel. */
export function planes(
  input: Pick<Input, 'samples' | 'channels' | 'rows' | 'columns'>,
  value: (sample: number, channel: number, voxel: number) => number,
): readonly number[] {
  const { samples, channels, rows, columns } = input;
  const voxels = rows * columns;
  return Array.from({ length: samples * channels * voxels }, (_, at) =>
    value(Math.floor(at / (channels * voxels)), Math.floor(at / voxels) % channels, at % voxels),
  );
}

/** Values at (sample, channel, voxel) of planes. */
export function at(
  { channels, rows, columns }: Input,
  values: readonly number[],
): (sample: number, channel: number, voxel: number) => number {
  const voxels = rows * columns;
  return (sample, channel, voxel) => values[(sample * channels + channel) * voxels + voxel] ?? 0;
}
