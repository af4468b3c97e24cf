import fc from 'fast-check';

/** A prediction and a target, `[N, C, ...spatial]`, with the spatial axes also joined. */
export interface Drawn {
  readonly shape: readonly number[];
  readonly samples: number;
  readonly classes: number;
  readonly voxels: number;
  /** Multiples of 1/64 in [1/64, 1]. */
  readonly p: readonly number[];
  /** One label per sample and voxel. */
  readonly labels: readonly number[];
  /** The labels as planes of 0 and 1, shaped like p. */
  readonly oneHot: readonly number[];
}

/** What is not left to chance. */
export interface DrawnOptions {
  readonly classes?: fc.Arbitrary<number>;
  readonly spatial?: fc.Arbitrary<readonly number[]>;
}

/** Runs are repeatable. */
export const settings = { seed: 99, numRuns: 100 } as const;

const sizes = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 0, maxLength: 3 });

export function drawn({
  classes = fc.integer({ min: 1, max: 4 }),
  spatial = sizes,
}: DrawnOptions = {}): fc.Arbitrary<Drawn> {
  return fc
    .tuple(fc.integer({ min: 1, max: 3 }), classes, spatial)
    .chain(([samples, channels, rest]) => {
      const voxels = rest.reduce((product, size) => product * size, 1);
      const length = samples * channels * voxels;
      const many = samples * voxels;
      return fc
        .tuple(
          fc.array(fc.integer({ min: 1, max: 64 }), { minLength: length, maxLength: length }),
          fc.array(fc.nat(channels - 1), { minLength: many, maxLength: many }),
        )
        .map(([p, labels]) => ({
          shape: [samples, channels, ...rest],
          samples,
          classes: channels,
          voxels,
          p: p.map((value) => value / 64),
          labels,
          oneHot: planes(labels, channels, voxels),
        }));
    });
}

/** Labels `[N, V]` as planes `[N, C, V]`. */
export function planes(
  labels: readonly number[],
  classes: number,
  voxels: number,
): readonly number[] {
  const result: number[] = [];
  for (let n = 0; n < labels.length / voxels; n += 1) {
    for (let c = 0; c < classes; c += 1) {
      for (let v = 0; v < voxels; v += 1) result.push(labels[n * voxels + v] === c ? 1 : 0);
    }
  }
  return result;
}
